import SluiceCore

@testable import SluiceLogs

extension HAProxySignaturesTests {
  private static func down(_ reason: String) -> String {
    "Server app/a1 is DOWN, reason: \(reason), check duration: 0ms. 1 active and 0 backup servers left. "
      + "0 sessions active, 0 requeued, 0 remaining in queue."
  }

  static let events: [SignatureExample] = [
    .event(
      "H26", down("Layer4 connection problem, info: \"Connection refused\""), .endpointDown, .connectRefused,
      at: "a1", in: "app"),
    .event(
      "H26", "[WARNING]  (24252) : Backup " + down("Layer4 connection problem, info: \"Connection refused\""),
      .endpointDown, .connectRefused, at: "a1", in: "app"),
    .event(
      "H26b", down("Layer4 connection problem, info: \"No route to host\""), .endpointDown, .hostUnreachable,
      at: "a1", in: "app"),
    .event(
      "H26c", down("Layer4 connection problem, info: \"Network is unreachable\""), .endpointDown,
      .netUnreachable, at: "a1", in: "app"),
    .event(
      "H26d", down("Layer4 connection problem, info: \"Connection reset by peer\""), .endpointDown,
      .connectReset, at: "a1", in: "app"),
    .event("H26e", down("Layer4 connection problem"), .endpointDown, .connectRefused, at: "a1", in: "app"),
    .event("H26f", down("Layer4 timeout"), .endpointDown, .connectTimeout, at: "a1", in: "app"),
    .event("H26g", down("Layer6 timeout"), .endpointDown, .tlsHandshakeTimeout, at: "a1", in: "app"),
    .event("H26h", down("Layer6 invalid response"), .endpointDown, .tlsHandshakeFailed, at: "a1", in: "app"),
    .event("H26i", down("Layer7 timeout"), .endpointDown, .responseHeaderTimeout, at: "a1", in: "app"),
    .event(
      "H26j", down("Layer7 wrong status, code: 500, info: \"Internal Server Error\""), .endpointDown,
      .upstreamStatus, at: "a1", in: "app"),
    .event("H26k", down("Layer7 invalid response"), .endpointDown, .notHttp, at: "a1", in: "app"),
    .event("H26l", down("Socket error"), .endpointDown, .localFdsOrMemory, at: "a1", in: "app"),
    .event(
      "H26m", "Server app/a1 is going DOWN for maintenance (DNS NX status). 0 active and 0 backup servers left.",
      .endpointDown, .dnsNxdomain, at: "a1", in: "app"),
    .event(
      "H26n", "Server app/a1 is going DOWN for maintenance (DNS timeout status). 0 active and 0 backup servers left.",
      .endpointDown, .dnsTimeout, at: "a1", in: "app"),
    .event(
      "H26o", "Server app/a1 is going DOWN for maintenance (No IP for server ). 0 active and 0 backup servers left.",
      .endpointDown, .dnsServfail, at: "a1", in: "app"),
    .event(
      "H26p", "Server app/a1 is going DOWN for maintenance. 1 active and 0 backup servers left.", .endpointDown,
      at: "a1", in: "app"),
    .event(
      "H36",
      "Server app/a1 is UP, reason: Layer4 check passed, check duration: 0ms. 1 active and 0 backup servers online.",
      .endpointUp, at: "a1", in: "app"),
    .event(
      "H37",
      "Health check for backup server app/a1 failed, reason: Layer4 timeout, check duration: 2001ms, status: 2/3 UP.",
      .checkFailed, at: "a1", in: "app"),
    .event("H27", "backend app has no server available!", .noEndpointLeft, in: "app"),
    .event("H27", "[ALERT]    (25026) : backend 'app' has no server available!", .noEndpointLeft, in: "app"),
    .event(
      "H38", "[WARNING]  (9) : Server app/a1 changed its IP from 10.0.0.1 to 10.0.0.2 by DNS cache.", .changed,
      at: "a1", in: "app"),
    .event("H39", "Proxy app started.", .proxyStarted, in: "app"),
    .event("H40", "[NOTICE]   (24163) : Reloading HAProxy", .proxyReloaded),
    .event("H41", "Proxy app stopped (cumulated conns: FE: 0, BE: 65).", .proxyStopping, in: "app"),
    .event("H41", "Stopping backend app in 0 ms.", .proxyStopping, in: "app"),
    .event("H42", "[WARNING]  (24163) : Exiting Master process...", .proxyStopping),
    .event(
      "H43", "[ALERT]    (24163) : Current worker (24728) exited with code 139 (Segmentation fault)",
      .proxyCrashed),
    .event(
      "H44", "Proxy app reached process FD limit (maxsock=1024). Please check 'ulimit-n' and restart.",
      .limitReached, .localFdsOrMemory, in: "app"),
    .event(
      "H55",
      "Connect() failed for backend app: can't connect to destination unix socket, check backlog size on the server.",
      .limitReached, .backlogFull, in: "app"),
    .event(
      "H56", "Connect() failed for backend app: no free ports.", .limitReached, .localPortsExhausted, in: "app"),
    .event("H45", "[NOTICE] 329/205307 (24163) : haproxy version is 2.2.9-2", .proxyStarted),
  ]
}
