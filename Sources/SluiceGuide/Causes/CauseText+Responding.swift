internal import SluiceCore

/// The upstream's response.
extension CauseText {
  private static let bytes = GuideStep(
    "See the very bytes.",
    "printf 'GET /PATH HTTP/1.1\\r\\nHost: NAME\\r\\nConnection: close\\r\\n\\r\\n' | nc HOST PORT | head -c 512 | cat -v"
  )

  static let truncatedHeaders = CauseText(
    why: [
      "The process ended while it wrote the head.",
      "The application wrote a part of the head by hand and returned.",
      "A proxy between cut the answer off.",
    ],
    find: [bytes], now: ["Read the application's log at that second."],
    prevent: ["Let a library write heads, in one piece."], related: [.closedBeforeResponse, .truncatedBody])

  static let truncatedBody = CauseText(
    why: [
      "The application failed in the middle of its answer: an exception while it streamed, or a killed worker.",
      "Content-Length is larger than what is sent, often since it was counted before compression or in characters instead of bytes.",
      "A time limit of the application or of a proxy between ended the answer.",
    ],
    find: [
      GuideStep(
        "How much is announced, and how much comes?", "curl -s -D - -o body.out http://HOST:PORT/PATH; wc -c body.out")
    ],
    now: [
      "Read the application's log at that second.",
      "Correct the length, or leave it out and let the library send chunks.",
    ],
    prevent: [
      "Count bytes after every change of the body. Build an answer whole before its head is sent, where it is small."
    ],
    related: [.bodyIdleTimeout, .badChunk, .truncatedHeaders])

  static let notHttp = CauseText(
    why: [
      "The port belongs to another program: a database, SSH, a mail service.",
      "The endpoint speaks HTTP/2 without TLS (as gRPC does), and the upstream is set to HTTP/1.1, or the other way round.",
      "The application prints to its own answer before the head: a warning, a stack trace.",
      "A PROXY header is expected and missing, or sent and not expected.",
    ],
    find: [bytes, GuideStep("What did it look like? The incident keeps the first bytes.", "sluice why ID")],
    now: ["Correct the port, or set `protocol: http2` for endpoints that speak only that."],
    prevent: ["Check a new upstream with `sluice doctor` before traffic goes there."],
    related: [.plaintextToTlsPort, .tlsToPlaintextPort, .invalidHeader])

  static let invalidHeader = CauseText(
    why: [
      "A header was written by hand, with a space in its name, without a colon, or with a line break in its value.",
      "A value came from a user or a file and was not cleaned.",
      "A status line without a proper code.",
    ],
    find: [bytes, GuideStep("Which rule did it break?", "sluice why ID")],
    now: ["Correct the header in the application. Until then, no proxy can repair it safely."],
    prevent: ["Set headers through the framework only, which refuses line breaks."], related: [.notHttp, .badFraming])

  static let headerSectionTooLarge = CauseText(
    why: [
      "Too many or too large cookies: a session kept in cookies that grows.",
      "A large token, or debugging headers of a framework (a list of queries, a trace).",
      "A policy header such as Content-Security-Policy that grew with each feature.",
    ],
    find: [
      GuideStep(
        "How large is it, and which lines are long?",
        "curl -s -D - -o /dev/null http://HOST:PORT/PATH | awk '{ n += length; print length, $1 } END { print n }' | sort -rn | head"
      )
    ],
    now: [
      "Remove what is not needed.",
      "Raise `limits.responseHead`, here and at each proxy between (in nginx `proxy_buffer_size`).",
    ],
    prevent: ["Keep sessions at the application, and only an ID in the cookie."],
    related: [.headerTooLarge, .requestHeadTooLarge])

  static let headerTooLarge = CauseText(
    why: ["One cookie, token or policy is larger than a single field may be."],
    find: [
      GuideStep(
        "Which line is it?",
        "curl -s -D - -o /dev/null http://HOST:PORT/PATH | awk '{ print length, $1 }' | sort -rn | head -3")
    ],
    now: ["Make the field smaller."],
    prevent: ["Keep sessions at the application, and only an ID in the cookie."], related: [.headerSectionTooLarge])

  static let badFraming = CauseText(
    why: [
      "Content-Length and Transfer-Encoding stand in one response: somebody added one without removing the other.",
      "Content-Length stands twice with different values, or is no number.",
      "A proxy between decoded the body and kept the old length.",
    ],
    find: [
      GuideStep(
        "What do the two fields say?",
        "curl -s -D - -o /dev/null http://HOST:PORT/PATH | grep -iE 'content-length|transfer-encoding'")
    ],
    now: ["Let the library set the length; set neither field by hand."],
    prevent: [
      "Take it seriously: two readers that disagree about the end of a message are the base of request smuggling."
    ],
    related: [.badChunk, .truncatedBody, .requestFramingAmbiguous])

  static let badChunk = CauseText(
    why: [
      "The application writes chunks by hand and counts wrongly.",
      "Something prints into the middle of the answer.",
      "Two parts of a program write to one connection.",
    ],
    find: [
      bytes,
      GuideStep("Does another client complain, too?", "curl -v --raw http://HOST:PORT/PATH | head -c 512 | cat -v"),
    ],
    now: ["Let the library write chunks."], prevent: ["Test large and slow answers, not only small ones."],
    related: [.badFraming, .truncatedBody])

  static let excessBody = CauseText(
    why: [
      "Content-Length is smaller than what is sent, often since it was counted before a change of the body.",
      "A body follows a response that must have none, such as `204` or `304`.",
      "A line is printed after the answer.",
    ],
    find: [GuideStep("What comes after the declared end?", "curl -sv http://HOST:PORT/PATH 2>&1 | grep -i excess")],
    now: ["Correct the length. The client got a whole answer; only the connection was lost."],
    prevent: ["Count bytes after every change of the body."], related: [.badFraming, .truncatedBody])

  static let bodyTooLarge = CauseText(
    why: ["The response is larger than `limits.responseBody`.", "An export or a listing without an end."],
    find: [GuideStep("How large is it?", "curl -s -o /dev/null -w '%{size_download}\\n' http://HOST:PORT/PATH")],
    now: ["Raise the limit, or let the application answer in pages."],
    prevent: ["Give every listing a largest size."], related: [.truncatedBody])

  static let badContentCoding = CauseText(
    why: [
      "Content-Encoding says gzip, and the body is not compressed, or compressed twice.",
      "The compressed body is cut off.",
    ],
    find: [GuideStep("Can it be unpacked?", "curl -s -H 'Accept-Encoding: gzip' http://HOST:PORT/PATH | gzip -t")],
    now: ["Let only one place compress: the application or a proxy."],
    prevent: ["Remove Content-Encoding where a body was unpacked."], related: [.truncatedBody])

  static let upgradeFailed = CauseText(
    why: [
      "The application answered 101 for another protocol than the one that was asked for.",
      "Its WebSocket answer lacks Sec-WebSocket-Accept, or has a wrong one.",
      "A proxy between changed Upgrade or Connection.",
    ],
    find: [
      GuideStep(
        "What does it answer to an upgrade?",
        "curl -i -N --http1.1 -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' http://HOST:PORT/PATH"
      )
    ],
    now: ["Correct the answer, or let proxies between pass Upgrade and Connection on."],
    prevent: ["Test WebSockets through all hops."], related: [.unexpectedUpgrade])

  static let unexpectedUpgrade = CauseText(
    why: ["The application answers 101 to an ordinary request: a mistake in its routing of WebSockets."],
    find: [GuideStep("What does it answer to an ordinary GET?", "curl -i --max-time 5 http://HOST:PORT/PATH")],
    now: ["Let the application answer `426` or `400` where no upgrade was asked for."],
    prevent: ["Test the address of a WebSocket with a plain request, too."], related: [.upgradeFailed])

  static let upstreamStatus = CauseText(
    why: [
      "An error in the application's code that nobody caught (`500`).",
      "The application is itself a proxy, and something behind it failed (`502`, `504`).",
      "It is overloaded or in maintenance and says so (`503`).",
    ],
    find: [
      GuideStep(
        "Is it the application's own? Then Proxy-Status of this gateway has no error.",
        "curl -si http://GATEWAY/PATH | grep -iE '^HTTP|proxy-status|^server|^via'"),
      GuideStep("Ask it directly.", "curl -i http://HOST:PORT/PATH"),
    ],
    now: ["Read the application's log at the same time and request ID.", "Where it began with a deploy, roll back."],
    prevent: ["Alert on the share of 5xx by route, and mark deploys (`sluice deploy`)."],
    related: [.closedBeforeResponse, .responseHeaderTimeout])
}
