/// A request line as logs quote it: `GET /path HTTP/1.1`. What is missing is nil.
struct QuotedRequest: Equatable {
  let method: String?
  let path: String?
  let version: String?

  init(_ text: String) {
    var rest = text[...]
    if let space = rest.lastIndex(of: " "), rest[space...].dropFirst().hasPrefix("HTTP/") {
      version = String(rest[space...].dropFirst())
      rest = rest[..<space]
    } else {
      version = nil
    }
    let parts = rest.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: true)
    method = parts.first.flatMap { $0 == "-" ? nil : String($0) }
    path = parts.count > 1 && parts[1] != "-" ? String(parts[1]) : nil
  }
}
