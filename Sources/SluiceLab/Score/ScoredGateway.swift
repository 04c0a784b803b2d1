/// A gateway to be scored: where it is, and what the report calls it.
public struct ScoredGateway: Sendable, Equatable {
  public var name: String
  /// A name or an address, IPv6 without its brackets.
  public let host: String
  public let port: Int

  /// - Parameter url: `http://host[:port]`, with nothing behind it but a slash.
  /// - Returns: nil for any other text.
  public init?(url: String, name: String? = nil) {
    guard let scheme = url.firstRange(of: "://"), url[..<scheme.lowerBound].lowercased() == "http" else { return nil }
    var authority = url[scheme.upperBound...]
    if authority.last == "/" { authority.removeLast() }
    guard !authority.isEmpty, !authority.contains(where: { "/?#@ ".contains($0) }) else { return nil }
    var port = 80
    if let colon = authority.lastIndex(of: ":"), authority.last != "]" {
      guard let number = Int(authority[authority.index(after: colon)...]), (1...65535).contains(number) else {
        return nil
      }
      port = number
      authority = authority[..<colon]
    }
    if authority.first == "[" {
      guard authority.last == "]", authority.count > 2 else { return nil }
      authority = authority.dropFirst().dropLast()
    } else if authority.contains(":") || authority.isEmpty {
      return nil
    }
    host = String(authority)
    self.port = port
    self.name = name ?? "gateway"
  }

  /// As it stands in Host.
  public var authority: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
