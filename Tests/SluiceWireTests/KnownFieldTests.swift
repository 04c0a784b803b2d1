import SluiceWire
import Testing

@Suite struct KnownFieldTests {
  private func lookUp(_ name: [UInt8]) -> KnownField {
    // Something stands behind a name in every head, and may not take part in the comparison.
    let bytes = name + Array(": value\r\n\r\n".utf8)
    return KnownField(bytes.span.bytes, name: ByteRange(0, name.count))
  }

  @Test(arguments: KnownField.allCases.dropFirst())
  func aNameIsFoundInAnyCaseAndOnlyAsItself(field: KnownField) {
    let name = Array(field.canonicalName.description.utf8)
    #expect(lookUp(name) == field)
    #expect(lookUp(Array(field.canonicalName.description.uppercased().utf8)) == field)
    #expect(KnownField(name.span.bytes, name: ByteRange(0, name.count)) == field, "at the end of the bytes")
    for place in name.indices {
      for byte in UInt8.min...UInt8.max {
        var other = name
        other[place] = byte
        let isSame = Character(UnicodeScalar(byte)).lowercased() == Character(UnicodeScalar(name[place])).lowercased()
        #expect(byte >= 0x80 || (lookUp(other) == field) == isSame, "byte \(byte) at \(place)")
        if byte >= 0x80 { #expect(lookUp(other) != field) }
      }
    }
    #expect(lookUp(name + [0x78]) != field)
    #expect(lookUp(Array(name.dropLast())) != field)
  }

  @Test func thereIsRoomForEachInOneWord() {
    #expect(KnownField.allCases.count <= 64)
    #expect(Set(KnownField.allCases.map { KnownFieldSet($0).rawValue }).count == KnownField.allCases.count)
    #expect(KnownFieldSet(.unknown).isEmpty)
    #expect(!KnownFieldSet(.host, .age).contains(.unknown))
    #expect(KnownFieldSet(.host, .age).contains(.age))
  }

  @Test func longAndEmptyNamesAreUnknown() {
    #expect(lookUp([]) == .unknown)
    #expect(lookUp(Array(repeating: 0x61, count: 25)) == .unknown)
    #expect(lookUp(Array(repeating: 0x61, count: 5000)) == .unknown)
  }
}
