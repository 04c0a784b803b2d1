/// How a format writes the time.
enum TimeForm: Sendable, Equatable {
  /// `26/Nov/2026:20:00:00 +0000`, with or without milliseconds and offset.
  case commonLog
  /// `2026-11-26T20:00:00.123Z` and its variants (RFC 3339, a space for the T, a comma for the point).
  case iso
  /// `2026/11/26 20:00:00`, of the machine's zone.
  case slashes
  /// `Thu Nov 26 20:00:00.123456 2026`, of the machine's zone.
  case ctime
  /// `Nov 26 20:00:00`, of the machine's zone and without a year.
  case syslog
  /// Seconds since 1970, with a fraction or without.
  case epochSeconds
  case epochMilliseconds
  case epochMicroseconds
  /// Any of them.
  case any
}
