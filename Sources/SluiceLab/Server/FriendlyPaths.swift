/// The healthy paths that take their number from the path: /bytes/N, /chunked/N, /delay/MS, /status/N; and /echo,
/// /head, /connection. The lab and the built-in origin have them both.
enum FriendlyPaths {
  /// The largest body that /bytes and /chunked make, in bytes.
  static let bytesMax = 1 << 40
  /// The size of one chunk of /chunked, in bytes.
  static let chunkBytes = 16 * 1024

  static func script(for request: LabRequest) -> [Step]? {
    let parts = request.path.split(separator: "/", omittingEmptySubsequences: true)
    guard let first = parts.first, parts.count <= 2 else { return nil }
    let number = parts.count == 2 ? Int(parts[1]) : nil
    switch (first, number) {
    case ("echo", _): return echo(request)
    case ("head", nil) where parts.count == 1: return head(request)
    case ("connection", nil) where parts.count == 1:
      return Reply.text("connection \(request.connection) request \(request.turn)\n", for: request)
    case ("bytes", .some(let count)): return bytes(count, request)
    case ("chunked", .some(let count)): return chunked(count, request)
    case ("delay", .some(let time)):
      return [.awaitBody, .wait(milliseconds: min(max(time, 0), 600_000))] + Reply.text("late\n", for: request)
    case ("status", .some(let code)) where (200...599).contains(code): return status(UInt16(code), request)
    default: return nil
    }
  }

  /// The body that came, as it came; without one, a line of text.
  static func echo(_ request: LabRequest) -> [Step] {
    if request.isHead || request.body == .none { return Reply.text("nothing was sent\n", for: request) }
    let framing =
      switch request.body {
      case .length(let count): "Content-Length: \(count)"
      case .chunked, .none: "Transfer-Encoding: chunked"
      }
    let type = request.field("content-type") ?? "application/octet-stream"
    let head = Reply.bytes(Reply.head(200, "Content-Type: \(type)", framing))
    if request.expectsContinue { return [.send(Reply.bytes(Reply.head(100))), .send(head), .echoBody] }
    return [.send(head), .echoBody]
  }

  /// The head that came, byte for byte.
  static func head(_ request: LabRequest) -> [Step] {
    let head = Reply.bytes(Reply.head(200, "Content-Type: text/plain", "Content-Length: \(request.head.count)"))
    return [.awaitBody, .send(head + (request.isHead ? [] : request.head))]
  }

  static func bytes(_ count: Int, _ request: LabRequest) -> [Step] {
    let count = min(max(count, 0), bytesMax)
    let head = Reply.head(200, "Content-Type: application/octet-stream", "Content-Length: \(count)")
    let start: [Step] = [.awaitBody, .send(Reply.bytes(head))]
    return request.isHead || count == 0 ? start : start + [.fill(byte: UInt8(ascii: "x"), count: count)]
  }

  static func chunked(_ count: Int, _ request: LabRequest) -> [Step] {
    // A list of steps holds one entry for each chunk, so this path is bounded tighter than /bytes.
    let count = min(max(count, 0), 1 << 26)
    let head = Reply.bytes(Reply.head(200, "Content-Type: application/octet-stream", "Transfer-Encoding: chunked"))
    if request.isHead { return [.awaitBody, .send(head)] }
    var steps: [Step] = [.awaitBody, .send(head)]
    var left = count
    while left > 0 {
      let size = min(left, chunkBytes)
      steps += [
        .send(Reply.bytes("\(String(size, radix: 16))\r\n")), .fill(byte: UInt8(ascii: "x"), count: size),
        .send(Reply.bytes("\r\n")),
      ]
      left -= size
    }
    return steps + [.send(Reply.bytes("0\r\n\r\n"))]
  }

  static func status(_ code: UInt16, _ request: LabRequest) -> [Step] {
    if code == 204 || code == 304 { return [.awaitBody, .send(Reply.bytes(Reply.head(code)))] }
    return Reply.text("\(code) \(Reply.reason(code)), as asked\n", code, for: request)
  }
}
