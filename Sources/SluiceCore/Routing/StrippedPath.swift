/// What remains of a path when a route's prefix is removed from it: always a path that begins with a slash.
public struct StrippedPath: Hashable, Sendable {
  /// A slash goes in front of what remains.
  public var needsSlash: Bool
  /// Offset in the path where what remains begins.
  public var start: Int

  /// `/v1/x` without `/v1` is `/x`, and `/v1` is `/`. A path that does not have the prefix stays as it is, as does `*`.
  public init(_ path: RawSpan, prefix: String) {
    needsSlash = false
    start = 0
    var count = prefix.utf8.count
    var copy = prefix
    copy.withUTF8 { bytes in
      while count > 0, bytes[count - 1] == 0x2F { count -= 1 }
    }
    guard count > 0, path.byteCount >= count else { return }
    let isPrefix = copy.withUTF8 { bytes in
      for offset in 0..<count where path.octet(offset) != bytes[offset] { return false }
      return true
    }
    guard isPrefix else { return }
    if path.byteCount == count {
      needsSlash = true
      start = count
    } else if path.octet(count) == 0x2F {
      start = count
    }
  }
}
