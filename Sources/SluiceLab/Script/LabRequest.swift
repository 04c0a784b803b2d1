/// A request as the lab understood it, with the bytes it came in.
///
/// The reading is tolerant on purpose: the lab stands behind the gateway under test, and what it was sent is evidence.
struct LabRequest: Sendable {
  enum Body: Sendable, Equatable {
    case none
    case length(Int)
    case chunked
  }

  var method = ""
  var target = ""
  var version = ""
  var fields: [(name: String, value: String)] = []
  var body: Body = .none
  /// The head exactly as received, with its empty line.
  var head: [UInt8] = []
  /// Which connection of the server this came on, counted from 1.
  var connection = 0
  /// Which request of its connection this is, counted from 1.
  var turn = 1
  /// How often this exchange was sent to this path, this time included: more than once where a gateway replayed it.
  var occurrence = 1
  /// The stream that it came on; 0 over HTTP/1.1.
  var streamID: UInt32 = 0

  /// The field by which a client tells its exchanges apart, so that a scenario can fail the first time only.
  static let exchangeField = "lab-exchange"

  /// The target without its query, and of an absolute form without the scheme and authority.
  var path: String {
    let target = self.target.prefix { $0 != "?" }
    guard let scheme = target.firstRange(of: "://") else { return String(target) }
    let rest = target[scheme.upperBound...]
    guard let slash = rest.firstIndex(of: "/") else { return "/" }
    return String(rest[slash...])
  }

  /// The value of the first field of that name, without regard to case.
  func field(_ name: String) -> String? {
    fields.first { $0.name.lowercased() == name }?.value
  }

  /// The number behind `name=` in the query, or the default; never above the bound, never below zero.
  func number(_ name: String, default fallback: Int, max bound: Int = 600_000) -> Int {
    guard let text = text(name), let value = Int(text) else { return fallback }
    return min(max(value, 0), bound)
  }

  /// The text behind `name=` in the query, as it stands there.
  func text(_ name: String) -> String? {
    guard let mark = target.firstIndex(of: "?") else { return nil }
    for pair in target[target.index(after: mark)...].split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, parts[0] == name { return String(parts[1]) }
    }
    return nil
  }

  var isHead: Bool { method == "HEAD" }

  /// Whether the client wants the connection closed after the response (RFC 9112 section 9.3).
  var wantsClose: Bool {
    let options = (field("connection") ?? "").lowercased()
    if options.split(whereSeparator: { $0 == "," || $0 == " " }).contains("close") { return true }
    return version == "HTTP/1.0" && !options.contains("keep-alive")
  }

  var expectsContinue: Bool { field("expect")?.lowercased() == "100-continue" }
}
