/// What an origin does with a connection or a request. A seed switches some of them off.
enum OriginBehaviour: String, CaseIterable {
  // Connections.
  case refuse, dropConnects, connectSlowly, closeIdle
  // Answers.
  case slow, chunked, untilClose, closeAfter, informational, flood, early, earlyAndStopReading, upgrade, serverError
  // Failures before the head.
  case closeBeforeHead, resetBeforeHead, truncateHead, garbage, stallHead, unexpectedUpgrade, stopReading,
    resetWhileSending
  // Failures behind the head.
  case truncateBody, resetBody, stallBody, badChunk
}

/// What a client does. A seed switches some of them off.
enum ClientBehaviour: String, CaseIterable {
  case upload, slowUpload, stallUpload, malformUpload, tooLargeUpload
  case slowReader, stallReading
  case leave, leaveLate, leaveInHead, halfClose
  /// Waits for a while before the next request, so that connections rest.
  case think
  case oldVersion, askForClose, wantUpgrade, malformHead, noRoute, fixedAnswer

  /// How much rarer it is than the run's rarity: what ends an exchange before it has begun must leave others.
  var rarity: UInt64 {
    switch self {
    case .malformHead, .leaveInHead, .noRoute, .fixedAnswer: 10
    case .stallUpload, .malformUpload, .tooLargeUpload, .leave, .stallReading: 4
    case .upload, .slowUpload, .slowReader, .leaveLate, .halfClose, .think, .oldVersion, .askForClose, .wantUpgrade: 1
    }
  }
}

/// Everything about one run that is drawn before it begins.
struct WorldOptions {
  var origins: Set<OriginBehaviour> = []
  var hosts: Set<HostBehaviour> = []
  var clients: Set<ClientBehaviour> = []
  var workers = 1
  var clientCount = 4
  var requestsPerClient = 3
  var endpoints = 2
  var requestPermits: UInt32 = 64
  var connectionPermits: UInt32 = 64
  var queueLimit: UInt32 = 64
  /// One in so many requests or connections meets a behaviour.
  var rarity: UInt64 = 2
  var balance = 0
  var attempts = 3
}
