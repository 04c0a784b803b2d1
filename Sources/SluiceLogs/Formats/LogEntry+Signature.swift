extension LogEntry {
  /// An entry whose place, time and text the caller sets.
  init(_ product: LogProduct, _ kind: Kind) {
    self.init(product: product, kind: kind, place: LinePlace(source: 0, file: 0, line: 0), time: nil, text: "")
  }

  /// Takes over what a row says of the line. A modifier says that nothing failed.
  mutating func take(_ signature: Signature?, detail: String? = nil) {
    guard let signature else { return }
    switch signature.meaning {
    case .failure: conclusion = signature.conclusion
    case .event(let kind, let cause):
      event = LogEvent(
        kind, upstream: upstream, endpoint: endpoint, cause: cause,
        detail: detail.map { String($0.prefix(Self.eventDetailMax)) })
    case .modifier: isDismissed = true
    }
  }

  /// Characters of a proxy's own words that an event keeps.
  static let eventDetailMax = 512
}
