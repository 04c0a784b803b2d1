/// What lines of logs tell, whatever each format calls it.
public enum LogField: UInt8, CaseIterable, Hashable, Sendable {
  /// When; the format knows how it is written.
  case time
  case client
  case listener
  case upstream
  /// nginx lists several: `a, b : c`.
  case endpoint
  /// What the client got.
  case status
  /// What the endpoint answered; nginx lists several.
  case upstreamStatus
  /// `GET /path HTTP/1.1`.
  case request
  case method
  case path
  case scheme
  case host
  case version
  case userAgent
  case referrer
  case bytes
  case requestBytes
  case requestID
  case retries
  /// Times as the format writes them; the format knows the unit.
  case queueTime
  case connectTime
  case headTime
  case responseTime
  case totalTime
  case requestTime
  case handshakeTime
  /// Lists, one for each attempt (nginx).
  case upstreamConnectTime
  case upstreamHeadTime
  case upstreamResponseTime
  /// How much of the response came from the endpoint; a list, too.
  case upstreamBytes
  /// HAProxy's `%tsc`, as `SH--`.
  case terminationState
  /// HAProxy's `bc_err` or `bc_err_name`, and its text.
  case connectionError
  case connectionErrorText
  /// Connection counts of HAProxy, `actconn/feconn/beconn/srvconn/retries`, and its queues.
  case connectionCounts
  case queues
  /// Envoy's response flags, response code details and transport failure reason.
  case responseFlags
  case responseDetails
  case transportFailure
  /// The text of an error or event, and what wrote it.
  case message
  case level
  case logger
  case errorCode
  case errorText
  case process
  case thread
  case connection
  /// The name in the prefix of syslog or the journal.
  case program
  case machine
  case route
  case tlsVersion
  case proxyStatus
  /// What else a format tells, by its own meaning (ALB's `error_reason`, Cloudflare's `cf-error-type`).
  case reason
  case action
  case extra
}
