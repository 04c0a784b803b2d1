internal import SluiceCore

/// What must simply work.
extension LabCatalogue {
  static let healthy: [Scenario] = [
    sends("/ok", "Answers with three bytes.", .passes(), ok),
    sends("/empty", "Answers with an empty body.", .passes(), Reply.head(200, "Content-Length: 0")),
    sends(
      "/chunked", "Answers in chunks, with an extension.", .passes(),
      Reply.head(200, "Transfer-Encoding: chunked") + "3\r\nok\n\r\n5;name=\"value\"\r\nmore\n\r\n0\r\n\r\n"),
    sends(
      "/trailers", "Answers in chunks, with trailers.", .passes(),
      Reply.head(200, "Trailer: X-Checksum", "Transfer-Encoding: chunked")
        + "3\r\nok\n\r\n0\r\nX-Checksum: abc\r\nServer-Timing: db;dur=3\r\n\r\n",
      request: .with(("TE", "trailers"))),
    sends(
      "/close-delimited", "Answers with a body that ends with the connection.", .passes(),
      Reply.head(200, "Content-Type: text/plain") + "until the end\n", then: [.close]),
    sends(
      "/http10", "Answers as HTTP/1.0 did.", .passes(),
      "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nuntil the end\n", then: [.close]),
    sends(
      "/http10-length", "Answers as HTTP/1.0 with a length, and closes.", .passes(),
      "HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nok\n", then: [.close]),
    sends(
      "/http10-keepalive", "Answers as HTTP/1.0 with Connection: keep-alive.", .passes(),
      "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 3\r\n\r\nok\n", request: .twice()),
    sends("/204", "Answers 204.", .passes(204), Reply.head(204)),
    sends(
      "/304", "Answers 304 with the length of what it does not send.", .passes(304),
      Reply.head(304, "ETag: \"1\"", "Content-Length: 7")),
    sends(
      "/head-length", "Answers HEAD with the length of what it does not send.", .passes(),
      Reply.head(200, "Content-Length: 1000000"), request: .with(method: "HEAD")),
    sends(
      "/fields", "Has fields of every kind that a gateway must remove or keep.", .passes(),
      Reply.head(
        200, "Connection: keep-alive, X-Hop", "X-Hop: remove", "Keep-Alive: timeout=5", "Proxy-Connection: keep-alive",
        "Set-Cookie: a=1; Path=/", "Set-Cookie: b=2; Path=/", "x-MiXeD: Case", "X-Tab:\ta\tb\t", "Content-Length: 3")
        + "ok\n"),
    sends(
      "/redirect", "Answers 302.", .passes(302), Reply.head(302, "Location: /ok", "Content-Length: 0")),
    friendly("bytes", "/bytes/100000", "Sends that many bytes."),
    friendly("huge", "/bytes/104857600", "Sends 100 MiB."),
    friendly("chunked-bytes", "/chunked/100000", "Sends that many bytes in chunks of 16 KiB."),
    friendly("status", "/status/201", "Answers with that status."),
    friendly("echo", "/echo", "Sends the body of the request back.", request: .post(100_000)),
    friendly("head", "/head", "Sends the head of the request back, byte for byte."),
    friendly("connection", "/connection", "Says which connection of the lab this is, and which request on it."),
  ]

  private static func friendly(
    _ name: String, _ target: String, _ summary: String, request: RequestHint = .get
  ) -> Scenario {
    let status: UInt16 = name == "status" ? 201 : 200
    return at(target, summary, .passes(status), request: request, name: name) { FriendlyPaths.script(for: $0) ?? [] }
  }
}
