internal import SluiceCore
internal import SluiceDiagnosis

/// A line of Envoy's access log as an entry, however its fields were written.
enum EnvoyFields {
  static func entry(_ given: FieldValues) -> LogEntry? {
    let values = prepared(given)
    var entry = LogEntry(.envoy, .request, reading: values)
    entry.totalTime = values.milliseconds(.totalTime, perSecond: 1000)
    entry.headTime = values.milliseconds(.upstreamResponseTime, perSecond: 1000)
    if let attempts = values.count(.retries) { entry.retries = max(attempts - 1, 0) }
    if values[.responseDetails] == "via_upstream" { entry.upstreamStatus = entry.status }
    entry.client = values[.client].map { ClientText.withoutOptionalPort(String($0.prefix { $0 != "," })) }
    entry.conclude(EnvoySignatures.rows, values)
    estimate(&entry)
    entry.conclude(proxyStatus: values[.proxyStatus])
    return entry
  }

  /// Flags in their short form, and one text that holds all reasons alike.
  static func prepared(_ given: FieldValues) -> FieldValues {
    var values = given
    values[.responseFlags] = given[.responseFlags].map { flags in
      flags.split(separator: ",").map { shortFlags[String($0)] ?? String($0) }.joined(separator: ",")
    }
    let reasons = [given[.responseDetails], given[.transportFailure], given[.connectionErrorText]].compactMap { $0 }
    let text = reasons.joined(separator: " ").utf8.map { byte -> UInt8 in
      byte == 0x20 ? 0x5F : (byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte)
    }
    values[.errorText] = String(decoding: text, as: UTF8.self)
    return values
  }

  /// Where no reason is written, how long it took speaks for one of the causes, and no more than that.
  private static func estimate(_ entry: inout LogEntry) {
    guard var conclusion = entry.conclusion, let spent = entry.totalTime else { return }
    let causes = [conclusion.cause] + conclusion.alternatives
    func choose(_ cause: Cause, _ sentence: String) {
      conclusion.cause = cause
      conclusion.alternatives = causes.filter { $0 != cause }
      conclusion.who = cause.owner
      conclusion.sure = .possible
      conclusion.estimate = sentence
    }
    switch conclusion.signature {
    case "E60":
      if spent >= slowConnect {
        choose(.connectTimeout, "The connect failed only after a while, as one that is not answered does.")
      } else if spent <= quickConnect {
        choose(.connectRefused, "The connect failed at once, as one that is refused does.")
      }
    case "E07", "E07-flag":
      if spent < quickClose {
        choose(
          .staleKeepalive,
          "The connection ended within 5 ms of the request, as one that the endpoint had closed already does.")
      }
    default: break
    }
    entry.conclusion = conclusion
  }

  /// Milliseconds.
  private static let slowConnect = 1000.0
  private static let quickConnect = 50.0
  private static let quickClose = 5.0

  /// The names that `%RESPONSE_FLAGS_LONG%` writes.
  private static let shortFlags = [
    "FailedLocalHealthCheck": "LH", "NoHealthyUpstream": "UH", "UpstreamRequestTimeout": "UT", "LocalReset": "LR",
    "UpstreamRemoteReset": "UR", "UpstreamConnectionFailure": "UF", "UpstreamConnectionTermination": "UC",
    "UpstreamOverflow": "UO", "NoRouteFound": "NR", "DelayInjected": "DI", "FaultInjected": "FI", "RateLimited": "RL",
    "UnauthorizedExternalService": "UAEX", "RateLimitServiceError": "RLSE",
    "DownstreamConnectionTermination": "DC", "UpstreamRetryLimitExceeded": "URX", "StreamIdleTimeout": "SI",
    "InvalidEnvoyRequestHeaders": "IH", "DownstreamProtocolError": "DPE", "UpstreamProtocolError": "UPE",
    "UpstreamMaxStreamDurationReached": "UMSDR", "ResponseFromCacheFilter": "RFCF",
    "NoFilterConfigFound": "NFCF", "DurationTimeout": "DT", "NoClusterFound": "NC", "OverloadManagerTerminated": "OM",
    "DnsResolutionFailed": "DF", "DropOverload": "DO", "DownstreamRemoteReset": "DR",
    "UnconditionalDropOverload": "UDO",
  ]
}
