import SluiceCore
import Testing

/// W3C Trace Context 3.2: what is valid, and what starts the trace anew.
@Suite struct TraceParentTests {
  private static let trace = "0af7651916cd43dd8448eb211c80319c"
  private static let span = "b7ad6b7169203331"

  private func read(_ text: String) -> TraceParent? {
    let bytes = Array(text.utf8)
    return TraceParent(bytes.span.bytes)
  }

  @Test(
    arguments: [
      ("00-\(trace)-\(span)-01", UInt8(1)),
      ("00-\(trace)-\(span)-00", 0),
      // Flags that version 00 does not know are not passed on; the second one is level 2's.
      ("00-\(trace)-\(span)-ff", 3),
      ("00-\(trace)-\(span)-02", 2),
      ("00-\(trace)-\(span)-fc", 0),
      // A version to come may say more.
      ("01-\(trace)-\(span)-01", 1),
      ("cc-\(trace)-\(span)-01-what the future will be like", 1),
      ("cc-\(trace)-\(span)-01-", 1),
      ("fe-\(trace)-\(span)-01", 1),
    ] as [(String, UInt8)])
  func valid(text: String, flags: UInt8) throws {
    let parent = try #require(read(text))
    #expect(parent.trace == TraceID(high: 0x0af7_6519_16cd_43dd, low: 0x8448_eb21_1c80_319c))
    #expect(parent.span == 0xb7ad_6b71_6920_3331)
    #expect(parent.flags.rawValue == flags)
    #expect(parent.trace.description == Self.trace)
  }

  @Test(arguments: [
    "", "00", "00-\(trace)-\(span)", "00-\(trace)-\(span)-", "00-\(trace)-\(span)-0", "00-\(trace)-\(span)-1",
    // Version 00 ends with its flags.
    "00-\(trace)-\(span)-01-", "00-\(trace)-\(span)-01-a", "00-\(trace)-\(span)-01.", "00-\(trace)-\(span)-001",
    "cc-\(trace)-\(span)-01.what", "cc-\(trace)-\(span)-011",
    "ff-\(trace)-\(span)-01", "0-\(trace)-\(span)-01", "000-\(trace)-\(span)-01", "0x-\(trace)-\(span)-01",
    "AA-\(trace)-\(span)-01",
    "00-00000000000000000000000000000000-\(span)-01", "00-\(trace)-0000000000000000-01",
    "00-0AF7651916CD43DD8448EB211C80319C-\(span)-01", "00-\(trace)-B7AD6B7169203331-01", "00-\(trace)-\(span)-0A",
    "00-0af7651916cd43dd8448eb211c80319-\(span)-01", "00-\(trace)0-\(span)-01", "00-\(trace)-b7ad6b716920333-01",
    "00-\(trace)-\(span)0-01", "00-.af7651916cd43dd8448eb211c80319c-\(span)-01", "00-\(trace)-.7ad6b7169203331-01",
    "00-\(trace)-\(span)-.0", "00_\(trace)-\(span)-01", "00-\(trace)_\(span)-01", "00-\(trace)-\(span)_01",
    " 00-\(trace)-\(span)-01", "00-\(trace)-\(span)-01 ", "00-\(trace)-\(span)-01,00-\(trace)-\(span)-01",
    "00-\(trace)-\(span)-é",
  ])
  func invalid(text: String) {
    #expect(read(text) == nil)
  }

  @Test(arguments: [TraceFlags(), .sampled, .random, [.sampled, .random]])
  func whatIsWrittenIsReadBack(flags: TraceFlags) {
    let parent = TraceParent(trace: TraceID(high: 1, low: 0xF), span: 0x00AB_CDEF, flags: flags)
    let bytes = [UInt8](unsafeUninitializedCapacity: TraceParent.textLength) { buffer, count in
      var output = OutputRawSpan(buffer: UnsafeMutableRawBufferPointer(buffer), initializedCount: 0)
      parent.append(to: &output)
      count = output.finalize(for: UnsafeMutableRawBufferPointer(buffer))
    }
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "00-0000000000000001000000000000000f-0000000000abcdef-0\(flags.rawValue)")
    #expect(TraceParent(bytes.span.bytes) == parent)
  }
}
