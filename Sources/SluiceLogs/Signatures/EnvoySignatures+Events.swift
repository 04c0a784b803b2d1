internal import SluiceCore
internal import SluiceDiagnosis

extension EnvoySignatures {
  static let checks: [Signature] = [
    Signature(
      "E63", .envoy, [.is(.action, ["EJECT"]), .contains(.reason, "GATEWAY_FAILURE")],
      .event(.endpointDown, .upstreamStatus)),
    Signature(
      "E63-connect", .envoy, [.is(.action, ["EJECT"]), .contains(.reason, "LOCAL_ORIGIN")],
      .event(.endpointDown, .connectRefused), note: "Connects failed or timed out."),
    Signature(
      "E63-status", .envoy, [.is(.action, ["EJECT"]), .contains(.reason, "5XX")],
      .event(.endpointDown, .upstreamStatus)),
    Signature("E63-other", .envoy, [.is(.action, ["EJECT"])], .event(.endpointDown)),
    Signature("E64", .envoy, [.is(.action, ["UNEJECT"])], .event(.endpointUp)),
    Signature("E65", .envoy, [.is(.action, ["eject_unhealthy_event"])], .event(.endpointDown)),
    Signature("E65-failure", .envoy, [.is(.action, ["health_check_failure_event"])], .event(.checkFailed)),
    Signature("E65-add", .envoy, [.is(.action, ["add_healthy_event"])], .event(.endpointUp)),
  ]

  static let lifeCycle: [Signature] = [
    Signature("E66", .envoy, [.contains(.message, "starting main dispatch loop")], .event(.proxyStarted)),
    Signature("E67", .envoy, [.contains(.message, "caught ENVOY_SIGTERM")], .event(.proxyStopping)),
    Signature("E67-int", .envoy, [.contains(.message, "caught SIGINT")], .event(.proxyStopping)),
    Signature("E67-down", .envoy, [.contains(.message, "shutting down server instance")], .event(.proxyStopping)),
    Signature("E68", .envoy, [.contains(.message, "Caught Segmentation fault")], .event(.proxyCrashed)),
    Signature("E68-abort", .envoy, [.contains(.message, "Caught Aborted")], .event(.proxyCrashed)),
    Signature("E68-assert", .envoy, [.contains(.message, "assert failure")], .event(.proxyCrashed)),
    Signature(
      "E69", .envoy, [.contains(.message, "overload"), .contains(.message, "became active")],
      .event(.limitReached)),
    Signature(
      "E69-connections", .envoy, [.contains(.message, "exceeded the maximum number of connections")],
      .event(.limitReached)),
    Signature("E70", .envoy, [.contains(.message, "lds: add/update listener")], .event(.proxyReloaded)),
    Signature("E70-cds", .envoy, [.contains(.message, "cds: add"), .contains(.message, "remove")], .event(.changed)),
  ]
}
