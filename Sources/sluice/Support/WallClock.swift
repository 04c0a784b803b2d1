import Foundation

/// The only place of the command line that reads a clock; pages and tables take the time as an argument.
enum WallClock {
  /// Unix time in milliseconds.
  static func milliseconds() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
