internal import SluiceIncidents

/// Moments of a report as text.
enum LogTimestamp {
  /// RFC 3339 in UTC with milliseconds.
  ///
  /// - Parameter milliseconds: Unix time; one outside of the years 0 to 9999 is written as the nearest within them.
  static func text(_ milliseconds: Int64) -> String {
    var timestamp = Timestamp()
    return String(decoding: [UInt8](capacity: 24) { timestamp.write(milliseconds, into: &$0) }, as: UTF8.self)
  }
}
