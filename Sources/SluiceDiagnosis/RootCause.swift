public import SluiceCore

/// What a diagnosis concludes beyond what the gateway observed; never stored as a cause.
///
/// Only conclusions that an incident, the problems beside it and the changes before it can carry. Those that need a
/// look at the endpoint's machine are not here: a rule must not claim what nobody saw.
public enum RootCause: String, CaseIterable, Sendable {
  case upstreamDown = "upstream_down"
  case applicationCrash = "application_crash"
  case applicationHung = "application_hung"
  case slowApplication = "slow_application"
  case overload
  case workerTimeout = "worker_timeout"
  case requestsPerConnectionLimit = "requests_per_connection_limit"
  case responseBug = "response_bug"
  case dependencyFailed = "dependency_failed"
  case slowDependency = "slow_dependency"
  case deployRestart = "deploy_restart"
  case deployRegression = "deploy_regression"
  case configurationChange = "configuration_change"
  case wrongPort = "wrong_port"
  case wrongScheme = "wrong_scheme"
  case wrongName = "wrong_name"
  case idleTimeoutMismatch = "idle_timeout_mismatch"
  case timeoutLadder = "timeout_ladder"
  case limitTooLow = "limit_too_low"
  case packetsDropped = "packets_dropped"
  case firewall
  case gatewayNetwork = "gateway_network"
  case clientTimeout = "client_timeout"

  public var identifier: String { rawValue }
}

extension RootCause {
  /// Who has to act.
  public var owner: Owner {
    switch self {
    case .upstreamDown, .applicationCrash, .applicationHung, .slowApplication, .overload, .workerTimeout,
      .requestsPerConnectionLimit, .responseBug:
      .application
    case .dependencyFailed, .slowDependency: .dependency
    case .deployRestart, .deployRegression: .deploy
    case .configurationChange, .wrongPort, .wrongScheme, .wrongName, .idleTimeoutMismatch, .timeoutLadder,
      .limitTooLow:
      .configuration
    case .packetsDropped, .firewall, .gatewayNetwork: .network
    case .clientTimeout: .client
    }
  }

  /// What it means, in one sentence without values.
  public var sentence: String {
    switch self {
    case .upstreamDown: "No endpoint of the upstream can be connected to."
    case .applicationCrash: "The application ended while it served requests: connections broke, then none was accepted."
    case .applicationHung: "The application takes connections and requests but answers none."
    case .slowApplication: "The application takes longer for this request than the gateway waits."
    case .overload: "More requests come than the application can serve."
    case .workerTimeout: "A time limit of the application's own ended the request."
    case .requestsPerConnectionLimit:
      "The application closes a connection after a number of requests and does not say so."
    case .responseBug: "The application makes a response that HTTP does not allow."
    case .dependencyFailed: "Something that the application asks in its turn failed."
    case .slowDependency: "Something that all endpoints wait for is slow."
    case .deployRestart: "A deploy restarted the application while requests were under way."
    case .deployRegression: "The failures began with a deploy."
    case .configurationChange: "The failures began with a change of the gateway's configuration."
    case .wrongPort: "Another program than the application answers on the configured port."
    case .wrongScheme: "The port speaks another protocol than the configured URL says."
    case .wrongName: "The configured name is not the endpoint's."
    case .idleTimeoutMismatch: "The application closes idle connections sooner than the gateway gives them up."
    case .timeoutLadder: "A timeout is not longer than that of the hop behind it."
    case .limitTooLow: "The gateway's limit for the upstream is lower than what the upstream can serve."
    case .packetsDropped: "Packets to the endpoint are lost: a firewall, a route, or a machine that is gone."
    case .firewall: "A firewall or load balancer on the way answers in the endpoint's place."
    case .gatewayNetwork: "The gateway's own machine cannot reach the network."
    case .clientTimeout: "A time limit of the client's own ended the request."
    }
  }
}
