internal import SluiceCore
internal import SluiceDiagnosis

/// Lines of Traefik's as entries.
enum TraefikFields {
  /// A line of its log; causes stand there at level debug.
  static func log(_ given: FieldValues) -> LogEntry? {
    var values = given
    let message = values[.message] ?? ""
    if values[.errorText] == nil, let cause = behind("caused by: ", in: message) { values[.errorText] = cause }
    let go = TraefikSignatures.errors.first(matching: values)
    if let row = TraefikSignatures.events.first(matching: values) {
      return event(row, values, cause: values[.errorText] == nil ? nil : go?.conclusion)
    }
    guard let status = wrapped(message), let go else { return nil }
    var entry = LogEntry(.traefik, .failure, reading: values)
    entry.status = status
    entry.endpoint = entry.endpoint ?? values[.errorText].flatMap(GoErrorText.endpoint)
    entry.conclude([go], values)
    return entry.conclusion == nil ? nil : entry
  }

  private static func event(_ row: Signature, _ values: FieldValues, cause: LineConclusion?) -> LogEntry {
    var entry = LogEntry(.traefik, .event, reading: values)
    entry.conclude([row], values)
    if let cause { entry.event?.cause = cause.cause }
    if var conclusion = entry.conclusion {
      entry.kind = .failure
      if let cause {
        conclusion.cause = cause.cause
        conclusion.alternatives = cause.alternatives
        conclusion.sure = cause.sure
      }
      entry.conclusion = conclusion
    }
    return entry
  }

  /// The status of `'502 Bad Gateway' caused by: …` or `502 Bad Gateway`; nil where the text is another.
  private static func wrapped(_ message: String) -> UInt16? {
    var text = message[...]
    if text.hasPrefix("'") { text = text.dropFirst() }
    let number = text.prefix(3)
    guard text.dropFirst(3).first == " ", let status = UInt16(number), (400...599).contains(status) else { return nil }
    return status
  }

  private static func behind(_ start: String, in text: String) -> String? {
    var rest = text[...]
    while !rest.isEmpty {
      if rest.hasPrefix(start) { return String(rest.dropFirst(start.count)) }
      rest = rest.dropFirst()
    }
    return nil
  }

  // MARK: Access log

  static func common(_ values: FieldValues) -> LogEntry? {
    access(values, perSecond: 1000)
  }

  /// Durations are nanoseconds.
  static func json(_ values: FieldValues) -> LogEntry? {
    access(values, perSecond: 1_000_000_000)
  }

  private static func access(_ given: FieldValues, perSecond: Double) -> LogEntry {
    var values = given
    // What only tells whether a middleware changed the status.
    values[.extra] = values.status(.upstreamStatus).map { $0 != values.status(.status) } == true ? "differs" : nil
    var entry = LogEntry(.traefik, .request, reading: values)
    entry.totalTime = values.milliseconds(.totalTime, perSecond: perSecond)
    entry.headTime = values.milliseconds(.upstreamResponseTime, perSecond: perSecond)
    if let row = entry.conclude(TraefikSignatures.access, values), row.id.hasPrefix("T33-own") {
      entry.conclusion?.estimate = "The answer has the length of the one that Traefik itself gives."
      // Its own status, which it writes as the endpoint's, too.
      entry.upstreamStatus = nil
    }
    entry.conclude(proxyStatus: values[.proxyStatus])
    return entry
  }
}
