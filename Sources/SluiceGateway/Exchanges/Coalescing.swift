/// When a body goes out in the same write as its head.
enum Coalescing {
  /// Bytes: up to here a copy is cheaper than a second vector.
  static let bodyMax = 4096
  /// Bytes that may gather in front of it.
  static let outMax = 64 << 10
}
