/// A request line as logs hold it, `GET /path?query HTTP/1.1`.
struct RequestLineText: Equatable {
  var method: String?
  var path: String?
  /// `HTTP/1.1`.
  private(set) var version: String?

  /// What is no request line has no parts.
  init(_ values: FieldValues) { values.withBytes(.request) { take($0) } }

  private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.firstIndex(of: 0x20), let last = bytes.lastIndex(of: 0x20) else { return }
    let start = first + 1
    guard first > 0, Self.isMethod(bytes[..<first]), start < bytes.count else { return }
    // `-`: the client sent none.
    if !Self.isNone(bytes[..<first]) { method = String(decoding: bytes[..<first], as: UTF8.self) }
    guard last > start, Self.isVersion(bytes[(last + 1)...]) else {
      if !Self.isNone(bytes[start...]) { path = String(decoding: bytes[start...], as: UTF8.self) }
      return
    }
    if !Self.isNone(bytes[start..<last]) { path = String(decoding: bytes[start..<last], as: UTF8.self) }
    version = String(decoding: bytes[(last + 1)...], as: UTF8.self)
  }

  private static func isNone(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    bytes.count == 1 && bytes[bytes.startIndex] == 0x2D
  }

  /// `HTTP/` and more. Letter by letter: a text's own view goes step by step.
  private static func isVersion(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let start = bytes.startIndex
    return bytes.count >= 5 && bytes[start] == 0x48 && bytes[start + 1] == 0x54 && bytes[start + 2] == 0x54
      && bytes[start + 3] == 0x50 && bytes[start + 4] == 0x2F
  }

  private static func isMethod(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    bytes.count <= 32 && bytes.allSatisfy { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == 0x2D || $0 == 0x5F }
  }
}
