extension FieldValues {
  /// A status as HTTP has them; nil for 0, -1 and the like, by which proxies write that there was none.
  func status(_ field: LogField) -> UInt16? {
    guard let number = number(field), (100...999).contains(number) else { return nil }
    return UInt16(number)
  }

  /// What is counted for one request; nil for what nobody counts so far: sums are made of it.
  func count(_ field: LogField) -> Int? { number(field).flatMap { (0...Self.countMax).contains($0) ? $0 : nil } }

  /// Retries of one request.
  static let countMax = 1_000_000

  /// A time that is written in units of so many to the second; nil where it is negative, none, or longer than
  /// `millisecondsMax`.
  func milliseconds(_ field: LogField, perSecond: Double) -> Double? {
    guard let value = decimal(field), value >= 0 else { return nil }
    // Whole milliseconds stay whole.
    let milliseconds = perSecond == 1000 ? value : value / perSecond * 1000
    return milliseconds < Self.millisecondsMax ? milliseconds : nil
  }

  /// Thirty years: what lasts longer was not measured.
  static let millisecondsMax = 1e12
}
