/// A request line as logs hold it, `GET /path?query HTTP/1.1`.
struct RequestLineText: Equatable {
  var method: String?
  var path: String?
  var version: String?

  /// What is no request line has no parts.
  init(_ text: String?) {
    guard let text else { return }
    let bytes = text.utf8
    guard let first = bytes.firstIndex(of: 0x20), first > bytes.startIndex, Self.isMethod(bytes[..<first]) else {
      return
    }
    let start = bytes.index(after: first)
    guard start < bytes.endIndex else { return }
    method = String(text[..<first])
    guard let last = bytes[start...].lastIndex(of: 0x20), last > start,
      bytes[bytes.index(after: last)...].starts(with: "HTTP/".utf8)
    else {
      path = String(text[start...])
      return
    }
    path = String(text[start..<last])
    version = String(text[bytes.index(after: last)...])
  }

  private static func isMethod(_ bytes: Substring.UTF8View) -> Bool {
    bytes.count <= 32 && bytes.allSatisfy { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == 0x2D || $0 == 0x5F }
  }
}
