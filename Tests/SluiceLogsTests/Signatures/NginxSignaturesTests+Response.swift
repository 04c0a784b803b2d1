import SluiceCore
import SluiceDiagnosis

@testable import SluiceLogs

extension NginxSignaturesTests {
  private static let at = "127.0.0.1:3000"
  private static let head = "while reading response header from upstream"
  private static let body = "while reading upstream"

  static let responses: [SignatureExample] = [
    .init(
      "N13", line("upstream prematurely closed connection \(head)"), .closedBeforeResponse,
      or: [.staleKeepalive, .truncatedHeaders, .resetBeforeResponse], .likely, at: at),
    .init(
      "N14", line("upstream prematurely closed connection \(body)"), .truncatedBody, or: [.badFraming], .likely,
      at: at),
    .init(
      "N15", line("recv() failed (104: Connection reset by peer) \(head)"), .resetBeforeResponse,
      or: [.staleKeepalive, .truncatedHeaders], .likely, at: at),
    .init("N16", line("recv() failed (104: Connection reset by peer) \(body)"), .truncatedBody, at: at),
    .init("N16", line("readv() failed (104: Connection reset by peer) \(body)"), .truncatedBody, at: at),
    .init(
      "N17", line("writev() failed (32: Broken pipe) while sending request to upstream"), .writeFailed,
      or: [.staleKeepalive, .resetBeforeResponse], .likely, at: at),
    .init(
      "N17", line("recv() failed (104: Connection reset by peer) while sending request to upstream"), .writeFailed,
      or: [.staleKeepalive, .resetBeforeResponse], .likely, at: at),
    .init("N18", line("upstream sent too big header \(head)"), .headerSectionTooLarge, at: at),
    .init("N19", line("upstream sent invalid header: \"Bad\\x20...\" \(head)"), .invalidHeader, at: at),
    .init(
      "N20", line("upstream sent no valid HTTP/1.0 header \(head)"), .notHttp,
      or: [.plaintextToTlsPort, .invalidHeader],
      .likely, at: at),
    .init(
      "N21",
      line(
        "upstream sent duplicate header line: \"Content-Length: 3\", previous value: \"Content-Length: 2\" \(head)"),
      .badFraming, or: [.invalidHeader], .likely, at: at),
    .init(
      "N22",
      line("upstream sent \"Content-Length\" and \"Transfer-Encoding\" headers at the same time \(head)"), .badFraming,
      at: at),
    .init("N23", line("upstream sent invalid \"Content-Length\" header: \"x2\" \(head)"), .badFraming, at: at),
    .init("N24", line("upstream sent unknown \"Transfer-Encoding\": \"foo\" \(head)"), .badFraming, at: at),
    .init("N25", line("upstream sent invalid chunked response \(body)"), .badChunk, at: at),
    .init(
      "N26", line("upstream sent more data than specified in \"Content-Length\" header \(body)", level: "warn"),
      .excessBody, at: at),
    .init(
      "N37", line("upstream rejected request with error 7 \(head)", "grpc://127.0.0.1:3000"), .h2RefusedStream, at: at),
    .init(
      "N37b", line("upstream rejected request with error 2 \(head)", "grpc://127.0.0.1:3000"), .h2StreamReset, at: at),
    .init(
      "N38", line("upstream sent goaway with error 0 \(head)", "grpc://127.0.0.1:3000"), .h2GoawayUnprocessed,
      or: [.h2ProtocolViolation], .likely, at: at),
    .init(
      "N39", line("upstream prematurely closed stream \(head)", "grpc://127.0.0.1:3000"), .closedBeforeResponse,
      or: [.truncatedBody], .likely, at: at),
    .init("N40", line("upstream sent frame for closed stream 1 \(head)"), .h2ProtocolViolation, at: at),
    .init("N40", line("upstream violated stream flow control: 70000 of 65535 \(body)"), .h2ProtocolViolation, at: at),
    .init("N41", line("upstream sent too large http2 header name length \(head)"), .headerTooLarge, at: at),
    .init(
      "N43", line("upstream prematurely closed FastCGI stdout \(head)", "fastcgi://unix:/run/php/php8.2-fpm.sock:"),
      .closedBeforeResponse, .likely, at: "unix:/run/php/php8.2-fpm.sock"),
    .init(
      "N44", line("upstream sent unexpected FastCGI record: 3 \(head)", "fastcgi://127.0.0.1:3000"), .notHttp, at: at),
    .init(
      "N49", line("upstream prematurely closed connection while sending request to upstream"), .writeFailed,
      or: [.closedBeforeResponse, .staleKeepalive], .likely, at: at),
    .init(
      "N50", line("recv() failed (104: Connection reset by peer) while proxying upgraded connection"), .truncatedBody,
      .likely, at: at),
    .init(
      "N51", line("recv() failed (113: No route to host) \(head)"), .resetBeforeResponse,
      or: [.closedBeforeResponse, .connectTimeout, .hostUnreachable], .possible, at: at),
    .init("N52", line("SSL_read() failed (5: Input/output error) \(body)"), .truncatedBody, .likely, at: at),
    .init(
      "N53", line("auth request unexpected status: 502 while sending to client", nil), .upstreamStatus, .likely,
      who: .dependency),
    .init(
      "N54", line("upstream sent too large http2 frame: 4740180 \(head)", "grpc://127.0.0.1:3000"),
      .h2ProtocolViolation,
      at: at, who: .configuration),
  ]

  private static let left =
    "epoll_wait() reported that client prematurely closed connection, so upstream connection is closed too "
    + "while sending request to upstream"

  private static let lateHead =
    "2026/11/26 20:53:08 [info] 9#9: *4 client timed out (110: Connection timed out) "
    + "while reading client request headers, client: 192.0.2.7, server: 0.0.0.0:80"

  private static let malformed =
    "2026/11/26 20:53:08 [info] 9#9: *4 client sent invalid method while reading "
    + "client request line, client: 192.0.2.7, server: _, request: \"\u{16}\u{3}\u{1}\""

  static let own: [SignatureExample] = [
    .init(
      "N42",
      line(
        left,
        level: "info"), .clientAborted, at: at),
    .init(
      "N55", line("1024 worker_connections are not enough while connecting to upstream", level: "alert"),
      .localFdsOrMemory, at: at, who: .configuration),
    .event(
      "N56", event("1024 worker_connections are not enough", level: "alert"), .limitReached, .localFdsOrMemory),
    .event(
      "N57", event("accept4() failed (24: Too many open files)", level: "crit"), .limitReached, .localFdsOrMemory
    ),
    .init("N58", line("limiting requests, excess: 5.512 by zone \"one\"", nil), .rateLimited),
    .init("N59", line("limiting connections by zone \"perip\"", nil), .rateLimited),
    .init(
      "N60", line("rewrite or internal redirection cycle while internally redirecting to \"/index.html\"", nil),
      .loopDetected),
    .event(
      "N61", event("malloc(16384) failed (12: Cannot allocate memory)", level: "emerg"), .limitReached,
      .localFdsOrMemory),
    .event(
      "N62", line("pwrite() \"/var/lib/nginx/body/0001\" failed (28: No space left on device)", nil, level: "crit"),
      .limitReached),
    .init(
      "N63", line("client timed out (110: Connection timed out) while reading client request body", nil, level: "info"),
      .clientBodyTimeout),
    .init(
      "N64",
      lateHead,
      .requestHeadTimeout),
    .init("N65", line("client intended to send too large body: 10485761 bytes", nil), .requestBodyTooLarge),
    .init(
      "N66",
      line("client sent plain HTTP request to HTTPS port while reading client request headers", nil, level: "info"),
      .requestPlaintextOnTlsPort),
    .init(
      "N67",
      malformed,
      .clientMalformed),
    .event("N68", event("nginx/1.22.1"), .proxyStarted),
    .event("N69", event("reconfiguring"), .proxyReloaded),
    .event("N70", event("signal 12 (SIGUSR2) received from 24075, changing binary"), .proxyReloaded),
    .event("N71", event("using inherited sockets from \"6;7;\""), .proxyReloaded),
    .event("N72", event("signal 15 (SIGTERM) received from 24075, exiting"), .proxyStopping),
    .event("N72", event("signal 3 (SIGQUIT) received, shutting down"), .proxyStopping),
    .event("N73", event("signal process started"), .changed),
    .event("N74", event("worker process 24727 exited on signal 11", level: "alert"), .proxyCrashed),
    .event(
      "N75", event("peer is unhealthy while health checking, peer: 10.0.0.1:80 of upstream \"app\"", level: "warn"),
      .endpointDown, at: "10.0.0.1:80", in: "app"),
    .event(
      "N76", event("peer is healthy while health checking, peer: 10.0.0.1:80 of upstream \"app\""), .endpointUp,
      at: "10.0.0.1:80", in: "app"),
    .event(
      "N77", event("host not found in upstream \"app:3000\" in /etc/nginx/nginx.conf:12", level: "emerg"),
      .changed, .dnsNxdomain, in: "app:3000"),
  ]
}
