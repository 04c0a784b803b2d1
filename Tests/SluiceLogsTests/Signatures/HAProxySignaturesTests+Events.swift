import SluiceCore

@testable import SluiceLogs

extension HAProxySignaturesTests {
  private static func down(_ reason: String) -> String {
    "Server app/a1 is DOWN, reason: \(reason), check duration: 0ms. 1 active and 0 backup servers left. "
      + "0 sessions active, 0 requeued, 0 remaining in queue."
  }

  static let events: [SignatureExample] = [
    .init(
      "H26", down("Layer4 connection problem, info: \"Connection refused\""), event: .endpointDown, .connectRefused,
      at: "a1", in: "app"),
    .init(
      "H26", "[WARNING]  (24252) : Backup " + down("Layer4 connection problem, info: \"Connection refused\""),
      event: .endpointDown, .connectRefused, at: "a1", in: "app"),
    .init(
      "H26b", down("Layer4 connection problem, info: \"No route to host\""), event: .endpointDown, .hostUnreachable,
      at: "a1", in: "app"),
    .init(
      "H26c", down("Layer4 connection problem, info: \"Network is unreachable\""), event: .endpointDown,
      .netUnreachable, at: "a1", in: "app"),
    .init(
      "H26d", down("Layer4 connection problem, info: \"Connection reset by peer\""), event: .endpointDown,
      .connectReset, at: "a1", in: "app"),
    .init("H26e", down("Layer4 connection problem"), event: .endpointDown, .connectRefused, at: "a1", in: "app"),
    .init("H26f", down("Layer4 timeout"), event: .endpointDown, .connectTimeout, at: "a1", in: "app"),
    .init("H26g", down("Layer6 timeout"), event: .endpointDown, .tlsHandshakeTimeout, at: "a1", in: "app"),
    .init("H26h", down("Layer6 invalid response"), event: .endpointDown, .tlsHandshakeFailed, at: "a1", in: "app"),
    .init("H26i", down("Layer7 timeout"), event: .endpointDown, .responseHeaderTimeout, at: "a1", in: "app"),
    .init(
      "H26j", down("Layer7 wrong status, code: 500, info: \"Internal Server Error\""), event: .endpointDown,
      .upstreamStatus, at: "a1", in: "app"),
    .init("H26k", down("Layer7 invalid response"), event: .endpointDown, .notHttp, at: "a1", in: "app"),
    .init("H26l", down("Socket error"), event: .endpointDown, .localFdsOrMemory, at: "a1", in: "app"),
    .init(
      "H26m", "Server app/a1 is going DOWN for maintenance (DNS NX status). 0 active and 0 backup servers left.",
      event: .endpointDown, .dnsNxdomain, at: "a1", in: "app"),
    .init(
      "H26n", "Server app/a1 is going DOWN for maintenance (DNS timeout status). 0 active and 0 backup servers left.",
      event: .endpointDown, .dnsTimeout, at: "a1", in: "app"),
    .init(
      "H26o", "Server app/a1 is going DOWN for maintenance (No IP for server ). 0 active and 0 backup servers left.",
      event: .endpointDown, .dnsServfail, at: "a1", in: "app"),
    .init(
      "H26p", "Server app/a1 is going DOWN for maintenance. 1 active and 0 backup servers left.", event: .endpointDown,
      at: "a1", in: "app"),
    .init(
      "H36",
      "Server app/a1 is UP, reason: Layer4 check passed, check duration: 0ms. 1 active and 0 backup servers online.",
      event: .endpointUp, at: "a1", in: "app"),
    .init(
      "H37",
      "Health check for backup server app/a1 failed, reason: Layer4 timeout, check duration: 2001ms, status: 2/3 UP.",
      event: .checkFailed, at: "a1", in: "app"),
    .init("H27", "backend app has no server available!", event: .noEndpointLeft, in: "app"),
    .init("H27", "[ALERT]    (25026) : backend 'app' has no server available!", event: .noEndpointLeft, in: "app"),
    .init(
      "H38", "[WARNING]  (9) : Server app/a1 changed its IP from 10.0.0.1 to 10.0.0.2 by DNS cache.", event: .changed,
      at: "a1", in: "app"),
    .init("H39", "Proxy app started.", event: .proxyStarted, in: "app"),
    .init("H40", "[NOTICE]   (24163) : Reloading HAProxy", event: .proxyReloaded),
    .init("H41", "Proxy app stopped (cumulated conns: FE: 0, BE: 65).", event: .proxyStopping, in: "app"),
    .init("H41", "Stopping backend app in 0 ms.", event: .proxyStopping, in: "app"),
    .init("H42", "[WARNING]  (24163) : Exiting Master process...", event: .proxyStopping),
    .init(
      "H43", "[ALERT]    (24163) : Current worker (24728) exited with code 139 (Segmentation fault)",
      event: .proxyCrashed),
    .init(
      "H44", "Proxy app reached process FD limit (maxsock=1024). Please check 'ulimit-n' and restart.",
      event: .limitReached, .localFdsOrMemory, in: "app"),
    .init("H45", "[NOTICE] 329/205307 (24163) : haproxy version is 2.2.9-2", event: .proxyStarted),
  ]
}
