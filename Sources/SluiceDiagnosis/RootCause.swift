public import SluiceCore

/// What a diagnosis concludes beyond what the gateway observed; never stored as a cause.
///
/// The first ones an incident, the problems beside it and the changes before it can carry; the others need an
/// examination of the endpoint and its machine. No rule claims what nobody saw.
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
  // What only a look at the endpoint and its machine can tell.
  case outOfMemoryKilled = "oom_killed"
  case processKilled = "process_killed"
  case programFault = "program_fault"
  case applicationExited = "application_exited"
  case heapExhausted = "heap_exhausted"
  case cannotListen = "cannot_listen"
  case handlerError = "handler_error"
  case notRunning = "not_running"
  case crashLoop = "crash_loop"
  case processStopped = "process_stopped"
  case zombieProcess = "zombie_process"
  case listeningElsewhere = "listening_elsewhere"
  case listeningOnOtherAddress = "listening_on_other_address"
  case workersExhausted = "workers_exhausted"
  case eventLoopBlocked = "event_loop_blocked"
  case cpuThrottled = "cpu_throttled"
  case memoryPressure = "memory_pressure"
  case descriptorsExhausted = "descriptors_exhausted"
  case diskFull = "disk_full"
  case connectionTableFull = "connection_table_full"
  case wrongProtocol = "wrong_protocol"
  case nameMoved = "name_moved"
  case deployCrash = "deploy_crash"
  case deployChangedPort = "deploy_changed_port"
  case deploySlower = "deploy_slower"
  case deployChangedCertificate = "deploy_changed_certificate"
  case deployChangedProtocol = "deploy_changed_protocol"

  public var identifier: String { rawValue }
}

extension RootCause {
  /// Who has to act.
  public var owner: Owner {
    switch self {
    case .upstreamDown, .applicationCrash, .applicationHung, .slowApplication, .overload, .workerTimeout,
      .requestsPerConnectionLimit, .responseBug, .programFault, .applicationExited, .heapExhausted, .cannotListen,
      .handlerError, .notRunning, .crashLoop,
      .workersExhausted, .eventLoopBlocked:
      .application
    case .dependencyFailed, .slowDependency: .dependency
    case .deployRestart, .deployRegression, .deployCrash, .deployChangedPort, .deploySlower, .deployChangedCertificate,
      .deployChangedProtocol:
      .deploy
    case .configurationChange, .wrongPort, .wrongScheme, .wrongName, .idleTimeoutMismatch, .timeoutLadder,
      .limitTooLow, .listeningElsewhere, .listeningOnOtherAddress, .wrongProtocol, .nameMoved:
      .configuration
    case .packetsDropped, .firewall, .gatewayNetwork: .network
    case .outOfMemoryKilled, .processKilled, .processStopped, .zombieProcess, .cpuThrottled, .memoryPressure,
      .descriptorsExhausted, .diskFull, .connectionTableFull:
      .machine
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
    case .outOfMemoryKilled: "The kernel killed the application because memory ran out."
    case .processKilled: "Somebody or something ended the application with a signal."
    case .programFault: "The application ended by a fault of its program: an invalid address or instruction."
    case .applicationExited: "The application ended by itself."
    case .heapExhausted: "The application used up the memory that its own runtime allows it."
    case .cannotListen: "The application cannot listen: its address is taken, or it may not use it."
    case .handlerError: "An error in the application's own code ended the request."
    case .notRunning: "Nothing listens at the endpoint, and nothing is known to have listened there."
    case .crashLoop: "The application starts, ends and is started again."
    case .processStopped: "The process of the application is stopped: it exists and does nothing."
    case .zombieProcess: "The application has ended, and its parent process has not noticed."
    case .listeningElsewhere: "The application listens on another port than the configured one."
    case .listeningOnOtherAddress:
      "The application listens on the configured port, but not at the configured address."
    case .workersExhausted:
      "All threads or processes of the application are busy, and none is left for another request."
    case .eventLoopBlocked: "The one thread that serves all requests is busy with a computation."
    case .cpuThrottled: "A quota lets the application run for only a part of the time."
    case .memoryPressure: "The machine or cgroup has too little memory."
    case .descriptorsExhausted: "The application has as many files and connections open as it may."
    case .diskFull: "A disk that the application needs is full."
    case .connectionTableFull: "The kernel's table of tracked connections is full."
    case .wrongProtocol: "The endpoint speaks another version of HTTP than the gateway."
    case .nameMoved: "The name leads to an address at which the application is not, or no longer."
    case .deployCrash: "The deployed version ends as it starts."
    case .deployChangedPort: "The deployed version listens on another port."
    case .deploySlower: "The deployed version answers more slowly."
    case .deployChangedCertificate: "The failures began with a new certificate."
    case .deployChangedProtocol: "The deployed version speaks another protocol."
    }
  }
}
