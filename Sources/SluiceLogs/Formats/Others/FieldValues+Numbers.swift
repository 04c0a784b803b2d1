extension FieldValues {
  /// A status as HTTP has them; nil for 0, -1 and the like, by which proxies write that there was none.
  func status(_ field: LogField) -> UInt16? {
    guard let number = number(field), (100...999).contains(number) else { return nil }
    return UInt16(number)
  }

  /// A time that is written in units of so many to the second; nil where it is negative or none.
  func milliseconds(_ field: LogField, perSecond: Double) -> Double? {
    guard let value = decimal(field), value >= 0, value.isFinite else { return nil }
    return value / perSecond * 1000
  }
}
