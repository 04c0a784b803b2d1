internal import SluiceConfiguration

/// What a reload did to the endpoints of upstreams.
enum EndpointsChange {
  /// Endpoints that are named of one upstream.
  static let namedMax = 3

  /// For each upstream of both generations whose endpoints differ: its name and a text such as
  /// `added http://10.0.0.2:3000; removed http://10.0.0.1:3000`.
  static func texts(
    from old: [UpstreamConfiguration], to new: [UpstreamConfiguration]
  ) -> [(upstream: String, text: String)] {
    let before = Dictionary(old.map { ($0.name, $0.endpoints.map(\.url)) }, uniquingKeysWith: { first, _ in first })
    return new.compactMap { upstream in
      guard let known = before[upstream.name] else { return nil }
      let urls = upstream.endpoints.map(\.url)
      let parts = [
        text("added", urls.filter { !known.contains($0) }), text("removed", known.filter { !urls.contains($0) }),
      ].compactMap { $0 }
      return parts.isEmpty ? nil : (upstream.name, parts.joined(separator: "; "))
    }
  }

  private static func text(_ verb: String, _ urls: [String]) -> String? {
    guard !urls.isEmpty else { return nil }
    let more = urls.count > namedMax ? " and \(urls.count - namedMax) more" : ""
    return "\(verb) \(urls.prefix(namedMax).joined(separator: ", "))\(more)"
  }
}
