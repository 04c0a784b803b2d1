/// Replaces in texts what may not be shown to others: addresses, host names of URLs, user names, paths and queries.
///
/// The same value gets the same name throughout a run (`address-3`, `/path-7`), so that what concentrates at one place
/// is still seen to. Loopback addresses stay: they say nothing of anybody. Whatever looks like one of these is
/// replaced: rather too much than too little.
public struct Redaction: Sendable {
  /// Names that are told apart; beyond that all share one.
  static let namesMax = 65_536

  /// Names of hosts that are looked for in all texts: those of the report's places.
  static let hostsMax = 1024

  private var names: [Kind: [String: Int]] = [:]
  private var hosts: Set<String> = []

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
      if let end = knownHostEnd(bytes, position) {
        shown += replacement(.host, String(decoding: bytes[position..<end], as: UTF8.self)).utf8
        position = end
        continue
      }
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

  /// From now on the host names in a text that is a name or a list of names are replaced wherever they stand: a name
  /// with points in it is one.
  mutating func learn(hostsIn text: String) {
    for word in text.split(whereSeparator: { $0 == " " || $0 == "," }) where hosts.count < Self.hostsMax {
      let name = Self.withoutPort(word)
      if Self.isHost(name) { hosts.insert(String(name)) }
    }
  }

  /// The name of an upstream, an endpoint or a route: kept, unless it is that of a host.
  mutating func name(_ name: String) -> String {
    let bare = Self.withoutPort(name[...])
    guard Self.isHost(bare) else { return text(name) }
    return replacement(.host, String(bare)) + name[bare.endIndex...]
  }

  private func knownHostEnd(_ bytes: [UInt8], _ position: Int) -> Int? {
    guard !hosts.isEmpty, PrivateText.isNameStart(bytes, position) else { return nil }
    let end = PrivateText.nameEnd(bytes, position)
    // A point ends the sentence and not the name.
    let last = bytes[end - 1] == 0x2E ? end - 1 : end
    return hosts.contains(String(decoding: bytes[position..<last], as: UTF8.self)) ? last : nil
  }

  private static func withoutPort(_ name: Substring) -> Substring {
    guard let colon = name.lastIndex(of: ":"), name[colon...].dropFirst().allSatisfy(\.isNumber) else { return name }
    return name[..<colon]
  }

  /// `shop.example`; not `10.0.0.1`, `app-1` or `outbound|80||shop.svc`.
  private static func isHost(_ name: Substring) -> Bool {
    let bytes = Array(name.utf8)
    guard bytes.contains(0x2E), bytes.count <= 255, PrivateText.isNameStart(bytes, 0) else { return false }
    guard PrivateText.nameEnd(bytes, 0) == bytes.count, !PrivateText.isLoopback(String(name)) else { return false }
    let last = name.split(separator: ".", omittingEmptySubsequences: false).last ?? ""
    return last.contains(where: \.isLetter)
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
