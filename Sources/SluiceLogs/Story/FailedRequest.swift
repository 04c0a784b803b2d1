internal import SluiceCore
internal import SluiceDiagnosis

/// One request that failed, however many lines tell of it.
struct FailedRequest: Equatable, Sendable {
  var product: LogProduct
  /// Unix time in milliseconds of the line that told it first.
  var time: Int64?
  /// nil: the lines tell only that it failed.
  var cause: Cause?
  var alternatives: [Cause] = []
  var who: Owner = .unknown
  var sure: Sureness = .unknown
  var estimate: String?
  /// What a person should know of the row that matched.
  var note: String?
  /// nil: no line tells it, or the client got no answer.
  var status: UInt16?
  /// Whether a line of an access log tells how it ended; without one `status` says nothing.
  var hasEnd = false
  /// No access line tells its end, although the access log tells of every request that failed: another endpoint
  /// answered it.
  var isPresumedSaved = false
  /// The proxy tells that it tried again, and not what had failed.
  var wasRetried = false
  var upstream: String?
  var endpoint: String?
  var route: String?
  var client: String?
  var method: String?
  var path: String?
  var host: String?
  var requestID: String?
  /// Whose access log told the end: the index of the log.
  var endSource: Int?
  var attempts: [LogAttempt] = []
  var upstreamStatus: UInt16?
  var queueTime: Double?
  var connectTime: Double?
  var headTime: Double?
  var totalTime: Double?
  /// Another proxy in front saw this failure as its own upstream's.
  var outer: LogProduct?
  var place: LinePlace
  var text: String

  /// Unix time in milliseconds of the line that told the end, or the only one.
  var endTime: Int64?

  /// The same failure, with what a proxy in front told of it.
  func seen(by outer: FailedRequest) -> FailedRequest {
    var failure = self
    failure.outer = outer.product
    failure.requestID = failure.requestID ?? outer.requestID
    failure.host = failure.host ?? outer.host
    return failure
  }

  /// Whether an attempt failed and the client still got a good answer.
  ///
  /// What failed within a response reached the client, whatever its status.
  var isSaved: Bool {
    guard isBeforeResponse else { return false }
    guard let status, hasEnd else { return isPresumedSaved }
    return status < 500 && status != 499
  }

  /// Whether another endpoint could still be asked.
  private var isBeforeResponse: Bool {
    switch Strand(cause) {
    case .untold: wasRetried
    case .client, .ownStatus, .proxy: false
    case .invalid: attempts.count > 1 && !(cause?.passesResponse ?? false)
    case .unconnected, .broken, .late, .crowded, .exhausted, .insecure, .unnamed, .local:
      cause != .truncatedBody && cause != .bodyIdleTimeout
    }
  }

  /// - Parameter entry: one that tells of a failure.
  init(_ entry: borrowing LogEntry) {
    product = entry.product
    time = entry.time
    endTime = entry.time
    if let conclusion = entry.conclusion {
      cause = conclusion.cause
      alternatives = conclusion.alternatives
      who = conclusion.who
      sure = conclusion.sure
      estimate = conclusion.estimate
      note = conclusion.note
    }
    status = entry.status
    hasEnd = entry.kind == .request
    upstream = entry.upstream.map(EndpointName.shortened)
    endpoint = (entry.endpoint ?? entry.attempts.last?.endpoint).map(EndpointName.shortened)
    route = entry.route
    client = entry.client
    method = entry.method
    path = entry.path
    host = entry.host
    requestID = entry.requestID
    endSource = entry.kind == .request ? entry.place.source : nil
    attempts = entry.attempts
    upstreamStatus = entry.upstreamStatus
    queueTime = entry.queueTime
    connectTime = entry.connectTime
    headTime = entry.headTime
    totalTime = entry.totalTime
    wasRetried = entry.isRetried
    place = entry.place
    text = entry.text
  }
}

extension LogEntry {
  /// Whether it was answered well at a further attempt, of which the line tells no more than the number.
  var isRetried: Bool { kind == .request && (retries ?? 0) > 0 && (status ?? 500) < 500 }

  /// Asked without a comparison, for which a conclusion would be copied.
  var hasConclusion: Bool { if case .some = conclusion { true } else { false } }

  /// Whether it tells that a request failed, or that an attempt of it did.
  public var tellsFailure: Bool {
    if isDismissed { return false }
    if hasConclusion { return true }
    guard kind == .request else { return kind == .failure }
    return (status ?? 0) >= 500 || isRetried
  }
}
