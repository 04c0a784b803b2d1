extension LogEntry {
  /// Bytes of a name that the story keeps: names come from strangers, and thousands of lines are held at a time.
  static let nameMax = 200
  static let pathMax = 1024
  /// Attempts of one request that it keeps: the last ones.
  static let attemptsMax = 16
  /// Milliseconds from 1970 to the end of the year 9999: what lies further away is no time.
  static let timeMax: Int64 = 253_402_300_799_999

  /// The same with nothing longer than the story keeps, and without a time that cannot be one.
  var bounded: LogEntry {
    var entry = self
    if let time, time.magnitude > Self.timeMax.magnitude { entry.time = nil }
    entry.upstream = upstream?.clipped(toBytes: Self.nameMax)
    entry.endpoint = endpoint?.clipped(toBytes: Self.nameMax)
    entry.route = route?.clipped(toBytes: Self.nameMax)
    entry.client = client?.clipped(toBytes: Self.nameMax)
    entry.method = method?.clipped(toBytes: Self.nameMax)
    entry.host = host?.clipped(toBytes: Self.nameMax)
    entry.requestID = requestID?.clipped(toBytes: Self.nameMax)
    entry.connection = connection?.clipped(toBytes: Self.nameMax)
    entry.path = path?.clipped(toBytes: Self.pathMax)
    entry.text = text.clipped(toBytes: Self.textMax)
    entry.event?.detail = event?.detail?.clipped(toBytes: Self.pathMax)
    entry.event?.upstream = event?.upstream?.clipped(toBytes: Self.nameMax)
    entry.event?.endpoint = event?.endpoint?.clipped(toBytes: Self.nameMax)
    entry.conclusion?.estimate = conclusion?.estimate?.clipped(toBytes: Self.pathMax)
    if attempts.count > Self.attemptsMax { entry.attempts = Array(attempts.suffix(Self.attemptsMax)) }
    for index in entry.attempts.indices {
      entry.attempts[index].endpoint = entry.attempts[index].endpoint?.clipped(toBytes: Self.nameMax)
    }
    return entry
  }

  /// Whether nothing of it can be too long, as of nearly every line.
  var isBounded: Bool {
    func isShort(_ text: String?) -> Bool { (text?.utf8.count ?? 0) <= Self.nameMax }
    return (time?.magnitude ?? 0) <= Self.timeMax.magnitude && event == nil
      && attempts.isEmpty && isShort(upstream) && isShort(endpoint) && isShort(route) && isShort(client)
      && isShort(method) && isShort(host) && isShort(requestID) && isShort(connection)
      && (path?.utf8.count ?? 0) <= Self.pathMax && (conclusion?.estimate?.utf8.count ?? 0) <= Self.pathMax
      && text.utf8.count <= Self.textMax
  }
}

extension String {
  func clipped(toBytes count: Int) -> String {
    utf8.count <= count ? self : String(decoding: utf8.prefix(count), as: UTF8.self)
  }
}
