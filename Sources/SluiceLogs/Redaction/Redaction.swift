/// Replaces in texts what may not be shown to others: addresses, host names of URLs, user names, paths and queries.
///
/// The same value gets the same name throughout a run (`address-3`, `/path-7`), so that what concentrates at one place
/// is still seen to. Loopback addresses stay: they say nothing of anybody. Whatever looks like one of these is
/// replaced: rather too much than too little.
public struct Redaction: Sendable {
  /// Names that are told apart; beyond that all share one.
  static let namesMax = 65_536

  private var names: [Kind: [String: Int]] = [:]

  enum Kind: String, Hashable {
    case address
    case host
    case path
    case user
  }

  public init() {}

  /// A text with everything in it replaced.
  public mutating func text(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var shown: [UInt8] = []
    shown.reserveCapacity(bytes.count)
    var position = 0
    while position < bytes.count {
      if let found = PrivateText.found(in: bytes, at: position) {
        shown += bytes[position..<found.range.lowerBound]
        shown += replacement(found.kind, String(decoding: bytes[found.range], as: UTF8.self)).utf8
        position = found.range.upperBound
        continue
      }
      shown.append(bytes[position])
      position += 1
    }
    return String(decoding: shown, as: UTF8.self)
  }

  /// A whole value of which it is known what it is.
  mutating func path(_ path: String) -> String { replacement(.path, path) }

  mutating func host(_ host: String) -> String { PrivateText.isLoopback(host) ? host : replacement(.host, host) }

  private mutating func replacement(_ kind: Kind, _ value: String) -> String {
    guard kind == .path else { return "\(kind.rawValue)-\(number(kind, value))" }
    // The root says nothing, and a query is told to have been there.
    let parts = value.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    let bare = parts[0] == "/" ? "/" : "/path-\(number(.path, String(parts[0])))"
    return parts.count > 1 ? bare + "?..." : bare
  }

  private mutating func number(_ kind: Kind, _ value: String) -> String {
    if let known = names[kind]?[value] { return "\(known)" }
    let next = (names[kind]?.count ?? 0) + 1
    guard next <= Self.namesMax else { return "other" }
    names[kind, default: [:]][value] = next
    return "\(next)"
  }
}
