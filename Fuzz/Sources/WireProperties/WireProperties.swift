import SluiceWire

/// What must hold for any bytes at all. Each check returns what was broken, in words, or nil.
///
/// 1. Read whole, in two pieces and byte by byte, a message comes to the same.
/// 2. Every range lies in the bytes that were given.
/// 3. A head written again reads as the same fields and framing, and writing it once more changes nothing.
/// 4. What is encoded in chunks is decoded to what it was.
/// 5. A normal path is in normal form.
public enum WireProperties {
  /// All checks. The first byte chooses the role, the second the limits, the third where the bytes are cut.
  public static func broken(by input: [UInt8]) -> String? {
    guard input.count > 3 else { return nil }
    let bytes = Array(input[3...])
    let limits = input[1] & 3 == 0 ? HeadLimits(total: 200, line: 48, field: 40, fields: 6) : HeadLimits()
    let role: MessageRole = input[0] & 1 == 0 ? .request : .response
    let method: Method = input[0] & 2 == 0 ? .get : input[0] & 4 == 0 ? .head : .connect
    let reader = MessageFeeder(
      role: role, method: method, limits: limits,
      chunkLimits: ChunkLimits(lineExtension: 24, trailer: 60, trailerFields: 4))
    let whole = reader.feed(bytes, step: bytes.count)
    if let outside = whole.outside { return outside }
    let cut = Int(input[2]) % (bytes.count + 1)
    if reader.feed(bytes, firstStep: cut, step: bytes.count) != whole { return "cut at \(cut) reads differently" }
    if reader.feed(bytes, step: 1) != whole { return "byte by byte reads differently" }
    return rewriting(whole, bytes, reader) ?? chunking(bytes, input[2]) ?? pathing(bytes)
      ?? judging(bytes)
  }

  private static func rewriting(_ message: FedMessage, _ bytes: [UInt8], _ reader: MessageFeeder) -> String? {
    guard let end = message.headEnd, let line = message.startLine else { return nil }
    let written = head(message.fields, line, bytes)
    let again = reader.feed(written, step: written.count)
    guard again.rule == nil || again.headEnd != nil else { return "a head written again is refused: \(again)" }
    let kept = message.fields.filter { $0.flags.isDisjoint(with: [.hopByHop, .dropped]) }
    guard again.texts == kept.map({ FedMessage.text($0, bytes) }) else {
      return "a head written again has other fields"
    }
    if case .length = message.framing, again.framing != message.framing {
      return "a head written again has another length"
    }
    if again.fields.contains(where: { !$0.flags.isDisjoint(with: .needsRewrite) }) {
      return "a repaired head needs repair"
    }
    guard let secondLine = again.startLine, head(again.fields, secondLine, written) == written else {
      return "a head written twice has changed"
    }
    return end <= bytes.count ? nil : "a head ends outside of its bytes"
  }

  /// The start line as it was and the fields as they are passed on.
  private static func head(_ fields: [Field], _ line: Range<Int>, _ bytes: [UInt8]) -> [UInt8] {
    collected(capacity: bytes.count + fields.count + 2) { output in
      output.appendRange(ByteRange(line.lowerBound, line.upperBound), of: bytes.span.bytes)
      appendFields(fields, from: bytes.span.bytes, dropping: [], into: &output)
      output.appendLiteral("\r\n")
    }
  }

  private static func chunking(_ content: [UInt8], _ seed: UInt8) -> String? {
    let size = Int(seed % 31) + 1
    let encoded = collected(capacity: content.count * 24 + 64) { output in
      for start in stride(from: 0, to: content.count, by: size) {
        let part = ByteRange(start, min(start + size, content.count))
        chunkHeader(UInt64(part.count), into: &output)
        output.appendRange(part, of: content.span.bytes)
        output.appendLiteral(ChunkText.lineEnd)
      }
      output.appendLiteral(ChunkText.end)
    }
    var decoder = BodyDecoder(.chunked)
    var decoded: [UInt8] = []
    var offset = 0
    while true {
      switch decoder.next(encoded.span.bytes, at: &offset) {
      case .data(let range): decoded += encoded[range.offsets]
      case .end: return decoded == content && offset == encoded.count ? nil : "chunks do not decode to their content"
      case .needMore, .trailers, .failed: return "encoded chunks are refused"
      }
    }
  }

  private static func pathing(_ bytes: [UInt8]) -> String? {
    var output: [UInt8] = []
    let path = ByteRange(0, bytes.count)
    for isAllowing in [false, true] {
      switch normalizePath(bytes.span.bytes, path, allowingAmbiguous: isAllowing, into: &output) {
      case .asIs, .refused: continue
      case .normalized:
        var second: [UInt8] = []
        let again = normalizePath(
          output.span.bytes, ByteRange(0, output.count), allowingAmbiguous: isAllowing, into: &second)
        if again != .asIs, bytes.first == 0x2f { return "a normal path is not in normal form: \(again)" }
        if output.count > bytes.count { return "a normal path is longer than it was" }
      }
    }
    return nil
  }

  /// Nothing but that these return.
  private static func judging(_ bytes: [UInt8]) -> String? {
    _ = appearance(of: bytes.span.bytes)
    _ = tlsAlertNumber(of: bytes.span.bytes)
    var fields: [Field] = []
    do throws(WireFault) {
      try parseTrailers(bytes.span.bytes, into: &fields)
    } catch {
      return Int(error.offset) <= bytes.count ? nil : "a fault lies outside of its bytes"
    }
    return fields.allSatisfy { Int($0.line.upperBound) <= bytes.count } ? nil : "a trailer lies outside of its bytes"
  }
}

func collected(capacity: Int, _ body: (inout OutputRawSpan) -> Void) -> [UInt8] {
  var storage = [UInt8](repeating: 0, count: capacity)
  let count = storage.withUnsafeMutableBytes { buffer in
    var output = OutputRawSpan(buffer: buffer, initializedCount: 0)
    body(&output)
    return output.finalize(for: buffer)
  }
  return Array(storage[..<count])
}
