import SluiceIncidents
import Testing

@Suite struct ProtobufWriterTests {
  @Test(
    arguments: [
      (UInt64(0), [0]), (1, [1]), (127, [0x7F]), (128, [0x80, 0x01]), (300, [0xAC, 0x02]), (16_383, [0xFF, 0x7F]),
      (16_384, [0x80, 0x80, 0x01]), (.max, Array(repeating: 0xFF, count: 9) + [0x01]),
    ] as [(UInt64, [UInt8])])
  func numbers(number: UInt64, bytes: [UInt8]) {
    var writer = ProtobufWriter()
    writer.append(number)
    #expect(writer.bytes == bytes)
    #expect(ProtobufWriter.size(of: number) == bytes.count)
  }

  @Test func fields() {
    var inner = ProtobufWriter()
    inner.number(1, 150)
    var writer = ProtobufWriter()
    writer.message(3, inner)
    writer.text(2, "testing")
    writer.fixed32(16, 0x0102_0304)
    writer.fixed64(7, 1)
    writer.identifier(1, 0x0102_0304_0506_0708)
    #expect(
      writer.bytes
        == [0x1A, 3, 0x08, 0x96, 0x01] + [0x12, 7] + Array("testing".utf8) + [0x85, 0x01, 4, 3, 2, 1]
        + [0x39, 1, 0, 0, 0, 0, 0, 0, 0] + [0x0A, 8, 1, 2, 3, 4, 5, 6, 7, 8])
  }

  @Test(arguments: [0, 1, 100, 125, 126, 127, 128, 200, 16_380, 20_000])
  func theLengthsOfAnAttributeAreTrue(count: Int) {
    let text = Array(repeating: UInt8(0x61), count: count)
    var value = ProtobufWriter()
    value.bytes(1, text)
    var pair = ProtobufWriter()
    pair.text(1, "key")
    pair.message(2, value)
    var expected = ProtobufWriter()
    expected.message(9, pair)
    var writer = ProtobufWriter()
    writer.attribute(9, "key", text: text)
    #expect(writer.bytes == expected.bytes)
  }
}
