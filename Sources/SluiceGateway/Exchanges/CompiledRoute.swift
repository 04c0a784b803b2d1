internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceWire

/// A route with everything that its exchanges need, made once for each generation.
final class CompiledRoute: Sendable {
  let route: Route
  /// The client's times are filled in for each exchange.
  let policy: ExchangePolicy
  let requestEdits: CompiledEdits?
  let responseEdits: CompiledEdits?
  /// nil: the request's own; `.upstream` is filled in when the endpoint is known.
  let host: [UInt8]?
  /// Share of the upstream's requests that may be repeated work.
  let retryBudget: Double
  let believesIdempotencyKeys: Bool
  let rateLimits: [RateLimitGate]

  init(_ route: Route, upstreams: [UpstreamConfiguration], rateLimits: [RateLimitGate]) {
    self.route = route
    self.rateLimits = rateLimits
    requestEdits = CompiledEdits(route.requestFields)
    responseEdits = CompiledEdits(route.responseFields)
    if case .value(let value) = route.hostRewrite { host = Array(value.utf8) } else { host = nil }
    guard case .upstream(let index) = route.action else {
      policy = ExchangePolicy()
      retryBudget = 0
      believesIdempotencyKeys = false
      return
    }
    let upstream = upstreams[Int(index)]
    var timeouts = upstream.timeouts
    let overrides = route.timeouts
    timeouts.responseHead = overrides.responseHead ?? timeouts.responseHead
    timeouts.request = overrides.request ?? timeouts.request
    timeouts.bodyIdle = overrides.bodyIdle ?? timeouts.bodyIdle
    timeouts.streamIdle = overrides.streamIdle ?? timeouts.streamIdle
    timeouts.queue = overrides.queue ?? timeouts.queue
    let retry = route.retry ?? upstream.retry
    retryBudget = retry.budget
    believesIdempotencyKeys = retry.idempotencyKeys
    policy = ExchangePolicy(
      timeouts: timeouts, attempts: retry.attempts, replayBodyLimit: UInt64(retry.bodyLimit),
      requestBodyLimit: route.requestBody, responseBodyLimit: upstream.limits.responseBody)
  }
}

/// Field edits of a route, ready to be applied to a head.
struct CompiledEdits: Sendable {
  /// Removed or replaced, known by number.
  let dropping: KnownFieldSet
  /// Removed or replaced, lower case.
  let droppingNames: [[UInt8]]
  /// Whole lines.
  let lines: [UInt8]

  init?(_ edits: FieldEdits) {
    guard !edits.isEmpty else { return nil }
    var dropping: KnownFieldSet = []
    var names: [[UInt8]] = []
    for name in edits.remove + edits.set.map(\.name) {
      let bytes = Array(name.lowercased().utf8)
      let known = KnownField(bytes.span.bytes, name: ByteRange(0, bytes.count))
      if known == .unknown { names.append(bytes) } else { dropping.insert(KnownFieldSet(known)) }
    }
    self.dropping = dropping
    droppingNames = names
    lines = edits.set.flatMap { Array("\($0.name): \($0.value)\r\n".utf8) }
  }

  /// Marks the fields of unknown name that this removes.
  func mark(_ fields: inout [Field], in source: RawSpan) {
    guard !droppingNames.isEmpty else { return }
    for index in fields.indices where fields[index].known == .unknown {
      for name in droppingNames where equalsIgnoringCase(source, fields[index].name, name) {
        fields[index].flags.insert(.dropped)
      }
    }
  }
}
