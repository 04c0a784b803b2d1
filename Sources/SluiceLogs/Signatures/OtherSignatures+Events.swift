internal import SluiceCore
internal import SluiceDiagnosis

extension OtherSignatures {
  static let varnishEvents: [Signature] = [
    Signature("X30", .varnish, [.contains(.message, "Went sick")], .event(.endpointDown)),
    Signature("X30-up", .varnish, [.contains(.message, "Back healthy")], .event(.endpointUp)),
    Signature(
      "X30-failed", .varnish, [.contains(.message, "Still healthy"), .contains(.message, "fail")],
      .event(.checkFailed)),
    Signature("X31", .varnish, [.starts(.message, "Child ("), .contains(.message, ") died")], .event(.proxyCrashed)),
    Signature(
      "X31-start", .varnish, [.starts(.message, "Child ("), .contains(.message, ") Started")],
      .event(.proxyStarted)),
  ]

  static let nghttpx: [Signature] = [
    Signature("X20", .nghttpx, [.contains(.message, "Connect time out; addr=")], .failure(.connectTimeout)),
    Signature(
      "X32", .nghttpx, [.contains(.message, "Backend connect failed; addr=")],
      .failure(.connectRefused, or: [.hostUnreachable, .connectTimeout], .likely)),
    Signature(
      "X32-now", .nghttpx, [.contains(.message, "connect() failed; addr=")],
      .failure(.connectRefused, or: [.hostUnreachable, .localPortsExhausted], .likely)),
    Signature(
      "X33", .nghttpx, [.contains(.message, "Could not connect"), .contains(.message, "times in a row")],
      .event(.endpointDown)),
    Signature("X34", .nghttpx, [.contains(.message, "is considered as offline")], .event(.endpointDown)),
    Signature("X34-up", .nghttpx, [.contains(.message, "is considered as online")], .event(.endpointUp)),
    Signature("X35", .nghttpx, [.contains(.message, "is up")], .event(.proxyStarted)),
    Signature("X36", .nghttpx, [.contains(.message, "Graceful shutdown")], .event(.proxyStopping)),
  ]

  static let nghttpxAccess: [Signature] = [
    Signature(
      "X37", .nghttpx, [.number(.status, 500...599)],
      .failure(.upstreamStatus, or: [.connectRefused, .closedBeforeResponse, .responseHeaderTimeout], .unknown),
      who: .unknown)
  ]

  static let linkerdEvents: [Signature] = [
    Signature("X38", .linkerd, [.contains(.message, "entering failfast")], .event(.noEndpointLeft)),
    Signature("X38-now", .linkerd, [.contains(.message, "entering fail-fast")], .event(.noEndpointLeft)),
    Signature("X39", .linkerd, [.contains(.message, "has recovered")], .event(.endpointUp)),
    Signature("X40", .linkerd, [.contains(.message, "Failed to connect")], .event(.checkFailed)),
    Signature("X41", .linkerd, [.contains(.message, "received signal")], .event(.proxyStopping)),
  ]
}
