public import SluiceDiagnosis

extension RootCause {
  /// Its page's own part: a new root cause does not compile without it.
  public var guideText: CauseText {
    switch self {
    case .upstreamDown: .upstreamDown
    case .applicationCrash: .applicationCrash
    case .applicationHung: .applicationHung
    case .slowApplication: .slowApplication
    case .overload: .overload
    case .workerTimeout: .workerTimeout
    case .requestsPerConnectionLimit: .requestsPerConnectionLimit
    case .responseBug: .responseBug
    case .dependencyFailed: .dependencyFailed
    case .slowDependency: .slowDependency
    case .deployRestart: .deployRestart
    case .deployRegression: .deployRegression
    case .configurationChange: .configurationChange
    case .wrongPort: .wrongPort
    case .wrongScheme: .wrongScheme
    case .wrongName: .wrongName
    case .idleTimeoutMismatch: .idleTimeoutMismatch
    case .timeoutLadder: .timeoutLadder
    case .limitTooLow: .limitTooLow
    case .packetsDropped: .packetsDropped
    case .firewall: .firewall
    case .gatewayNetwork: .gatewayNetwork
    case .clientTimeout: .clientTimeout
    case .outOfMemoryKilled: .outOfMemoryKilled
    case .processKilled: .processKilled
    case .programFault: .programFault
    case .applicationExited: .applicationExited
    case .heapExhausted: .heapExhausted
    case .cannotListen: .cannotListen
    case .handlerError: .handlerError
    case .notRunning: .notRunning
    case .crashLoop: .crashLoop
    case .processStopped: .processStopped
    case .zombieProcess: .zombieProcess
    case .listeningElsewhere: .listeningElsewhere
    case .listeningOnOtherAddress: .listeningOnOtherAddress
    case .workersExhausted: .workersExhausted
    case .eventLoopBlocked: .eventLoopBlocked
    case .cpuThrottled: .cpuThrottled
    case .memoryPressure: .memoryPressure
    case .descriptorsExhausted: .descriptorsExhausted
    case .diskFull: .diskFull
    case .connectionTableFull: .connectionTableFull
    case .wrongProtocol: .wrongProtocol
    case .nameMoved: .nameMoved
    case .deployCrash: .deployCrash
    case .deployChangedPort: .deployChangedPort
    case .deploySlower: .deploySlower
    case .deployChangedCertificate: .deployChangedCertificate
    case .deployChangedProtocol: .deployChangedProtocol
    }
  }
}
