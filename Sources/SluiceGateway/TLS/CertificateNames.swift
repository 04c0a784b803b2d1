/// Which certificate of a listener has a name: an exact name first, then a wildcard, then the first certificate.
///
/// A wildcard stands for one label, the leftmost (RFC 9525 section 6.3). Of two certificates with the same name the
/// first is taken.
struct CertificateNames: Sendable {
  private var exact: [String: Int] = [:]
  /// By what stands behind the star, its dot included.
  private var wildcards: [String: Int] = [:]

  /// - Parameter names: the DNS names of each certificate.
  init(_ names: [[String]]) {
    for (index, names) in names.enumerated() {
      for name in names.map({ $0.lowercased() }) {
        if name.hasPrefix("*.") {
          let suffix = String(name.dropFirst())
          wildcards[suffix] = wildcards[suffix] ?? index
        } else {
          exact[name] = exact[name] ?? index
        }
      }
    }
  }

  /// - Parameter name: what the client asks for; nil where it names nothing.
  func index(for name: String?) -> Int {
    guard var name = name?.lowercased() else { return 0 }
    if name.hasSuffix(".") { name.removeLast() }
    if let index = exact[name] { return index }
    guard let dot = name.firstIndex(of: "."), dot != name.startIndex else { return 0 }
    return wildcards[String(name[dot...])] ?? 0
  }
}
