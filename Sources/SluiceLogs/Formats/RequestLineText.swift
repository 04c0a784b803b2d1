/// A request line as logs hold it, `GET /path?query HTTP/1.1`.
struct RequestLineText: Equatable {
  var method: String?
  var path: String?
  private var protocolText: Substring?

  /// `HTTP/1.1`.
  var version: String? { protocolText.map { String($0) } }

  /// What is no request line has no parts.
  init(_ text: String?) {
    guard let text else { return }
    let bytes = text.utf8
    guard let spaces = Self.spaces(bytes) else { return }
    let first = bytes.index(bytes.startIndex, offsetBy: spaces.first)
    let start = bytes.index(after: first)
    guard first > bytes.startIndex, Self.isMethod(bytes[..<first]), start < bytes.endIndex else { return }
    method = String(text[..<first])
    let last = bytes.index(bytes.startIndex, offsetBy: spaces.last)
    guard last > start, bytes[bytes.index(after: last)...].starts(with: "HTTP/".utf8) else {
      path = String(text[start...])
      return
    }
    path = String(text[start..<last])
    protocolText = text[bytes.index(after: last)...]
  }

  /// Places of the first and the last space, searched in the bytes as they lie: a text's own view goes step by step.
  private static func spaces(_ bytes: String.UTF8View) -> (first: Int, last: Int)? {
    func find(_ bytes: some BidirectionalCollection<UInt8>) -> (first: Int, last: Int)? {
      guard let first = bytes.firstIndex(of: 0x20), let last = bytes.lastIndex(of: 0x20) else { return nil }
      return (bytes.distance(from: bytes.startIndex, to: first), bytes.distance(from: bytes.startIndex, to: last))
    }
    return bytes.withContiguousStorageIfAvailable { find($0) } ?? find(bytes)
  }

  private static func isMethod(_ bytes: Substring.UTF8View) -> Bool {
    bytes.count <= 32 && bytes.allSatisfy { $0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x7A || $0 == 0x2D || $0 == 0x5F }
  }
}
