import SluiceCore
import SluiceDiagnosis

@testable import SluiceLogs

extension NginxSignaturesTests {
  private static let broken: [Cause] = [
    .resetBeforeResponse, .staleKeepalive, .truncatedHeaders, .invalidHeader, .headerSectionTooLarge, .headerTooLarge,
    .badFraming, .writeFailed, .connectReset, .tlsClientCertificateWanted,
  ]
  private static let quick: [Cause] = [.closedBeforeResponse, .upstreamStatus] + broken
  private static let slow: [Cause] = [.connectRefused, .upstreamStatus] + broken
  private static let anything: [Cause] =
    [.closedBeforeResponse, .allUnhealthy, .upstreamStatus] + broken + [
      .hostUnreachable, .netUnreachable, .tlsHandshakeFailed, .tlsToPlaintextPort, .unixSocketMissing,
      .unixSocketPermission, .backlogFull, .localPortsExhausted,
    ]
  private static let unconnected: [Cause] = [
    .hostUnreachable, .netUnreachable, .connectReset, .tlsHandshakeFailed, .tlsCertUntrusted, .tlsCertExpired,
    .tlsToPlaintextPort, .unixSocketMissing, .unixSocketPermission, .backlogFull, .localPortsExhausted,
  ]

  static func access(_ status: String, _ tail: String = "", request: String = "GET /a?b=1 HTTP/1.1") -> String {
    "192.0.2.7 - - [26/Nov/2026:20:53:08 +0000] \"\(request)\" \(status) 157 \"-\" \"curl/7.88.1\"\(tail)"
  }

  /// As the format of nginx' documentation for timing names them.
  static func timed(
    _ status: String, _ address: String, _ upstream: String, _ connect: String, _ head: String, _ whole: String
  )
    -> String
  {
    access(
      status,
      " rt=\(whole) ua=\"\(address)\" us=\"\(upstream)\" uct=\"\(connect)\" uht=\"\(head)\" urt=\"\(whole)\"")
  }

  private static let at = "127.0.0.1:3000"

  static let access: [SignatureExample] = [
    .init("N80", access("499"), .clientAborted, status: 499),
    .init("N80", timed("499", at, "-", "0.000", "-", "0.501"), .clientAborted, at: at, status: 499),
    .init(
      "N81", timed("009", at, "200", "0.000", "0.000", "0.205"), .notHttp, or: [.plaintextToTlsPort, .invalidHeader],
      .likely, at: at),
    .init("N82", timed("502", at, "502", "0.000", "0.004", "0.004"), .upstreamStatus, at: at, status: 502),
    .init("N82", timed("500", at, "500", "0.000", "0.008", "0.008"), .upstreamStatus, at: at, status: 500),
    .init(
      "N83", timed("502", "app", "502", "-", "-", "0.000"), .allUnhealthy, or: [.poolQueueFull], .likely, in: "app",
      status: 502),
    .init(
      "N84", timed("502", at, "502", "-", "-", "0.000"), .connectRefused,
      or: unconnected, .likely,
      at: at, status: 502),
    .init(
      "N85", timed("504", at, "504", "-", "-", "60.001"), .connectTimeout, or: [.tlsHandshakeTimeout], .likely, at: at,
      status: 504),
    .init(
      "N86", timed("504", at, "504", "0.001", "-", "60.002"), .responseHeaderTimeout, or: [.writeTimeout], .likely,
      at: at, status: 504),
    .init(
      "N87", timed("502", at, "502", "0.000", "-", "0.010"), .closedBeforeResponse, or: broken, .possible, at: at,
      status: 502),
    .init(
      "N88",
      access("503", " 210 0.000 [default-web-80] [] - - - - 5f1c2d3e4b5a69788796a5b4c3d2e1f0"), .poolEmpty,
      or: [.rateLimited], .likely, in: "default-web-80", status: 503),
    .init(
      "N89", timed("503", "-", "-", "-", "-", "-"), .rateLimited, or: [.poolEmpty, .proxyDraining], .possible,
      status: 503, who: .configuration),
    .init(
      "N90", timed("502", "-", "-", "-", "-", "-"), .dnsNxdomain, or: [.dnsServfail, .dnsTimeout, .poolEmpty],
      .possible,
      status: 502),
    .init(
      "N91", timed("500", "-", "-", "-", "-", "-"), .localFdsOrMemory,
      or: [.loopDetected, .upstreamStatus, .poolEmpty],
      .unknown, status: 500),
    .init(
      "N92", timed("504", "-", "-", "-", "-", "-"), .upstreamStatus, or: [.dnsTimeout, .rateLimited], .unknown,
      status: 504),
    .init(
      "N102", timed("600", at, "600", "0.000", "0.001", "0.001"), .notHttp, or: [.invalidHeader], .likely, at: at,
      status: 600),
    .init("N93", access("503", " \"127.0.0.1:3000\" 503 0.012 0.011"), .upstreamStatus, at: at, status: 503),
    .init(
      "N94", access("502", " upstream_addr=app upstream_status=502"), .allUnhealthy, or: [.poolQueueFull], .likely,
      in: "app", status: 502),
    .init(
      "N95",
      access("502", " 210 0.000 [default-web-80] [] 10.1.2.3:8080 0 0.000 502 5f1c2d3e4b5a69788796a5b4c3d2e1f0"),
      .connectRefused, or: quick, .possible, at: "10.1.2.3:8080",
      in: "default-web-80", status: 502),
    .init(
      "N96",
      access("502", " 210 0.120 [default-web-80] [] 10.1.2.3:8080 0 0.118 502 5f1c2d3e4b5a69788796a5b4c3d2e1f0"),
      .closedBeforeResponse, or: slow, .possible, at: "10.1.2.3:8080",
      in: "default-web-80", status: 502),
    .init(
      "N97",
      access("504", " 210 5.001 [default-web-80] [] 10.1.2.3:8080 0 5.001 504 5f1c2d3e4b5a69788796a5b4c3d2e1f0"),
      .responseHeaderTimeout, or: [.connectTimeout, .upstreamStatus, .writeTimeout], .possible, at: "10.1.2.3:8080",
      in: "default-web-80", status: 504),
    .init(
      "N98", access("502"), .connectRefused, or: anything,
      .unknown, status: 502),
    .init(
      "N99", access("504"), .responseHeaderTimeout,
      or: [.connectTimeout, .upstreamStatus, .writeTimeout, .tlsHandshakeTimeout], .possible, status: 504),
    .init("N103", access("600"), .notHttp, or: [.invalidHeader], .likely, status: 600),
    .init("N100", access("503"), .upstreamStatus, or: [.rateLimited, .poolEmpty], .possible, status: 503),
    .init("N101", access("500"), .upstreamStatus, or: [.localFdsOrMemory, .loopDetected], .possible, status: 500),
  ]
}
