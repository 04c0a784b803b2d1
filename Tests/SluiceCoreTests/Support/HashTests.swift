import SluiceCore
import Testing

@Suite("SipHash and SplitMix64")
struct HashTests {
  /// The key and the first outputs of the authors' test program (bytes 00, 01, 02 … as input).
  @Test("SipHash-2-4 gives the published values")
  func publishedValues() {
    let hash = SipHash(low: 0x0706_0504_0302_0100, high: 0x0f0e_0d0c_0b0a_0908)
    func value(_ count: Int) -> UInt64 {
      let bytes = (0..<count).map { UInt8($0) }
      return hash.hash(bytes.span.bytes)
    }
    #expect(value(0) == 0x726f_db47_dd0e_0e31)
    #expect(value(1) == 0x74f8_39c5_93dc_67fd)
    #expect(value(8) == 0x93f5_f579_9a93_2462)
    #expect(value(15) == 0xa129_ca61_49be_45e5)
    #expect(value(16) == hash.hash(0x0706_0504_0302_0100, 0x0f0e_0d0c_0b0a_0908))
  }

  @Test("Another key, another hash")
  func keyed() {
    #expect(SipHash(low: 1, high: 2).hash("a") != SipHash(low: 1, high: 3).hash("a"))
    #expect(SipHash(low: 1, high: 2).hash("a") != SipHash(low: 1, high: 2).hash("b"))
  }

  @Test("SplitMix64 gives the published values for seed 1234567")
  func generator() {
    var random = SplitMix64(seed: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
  }
}
