internal import SluiceCore

/// A hosts file as a value: names in lower case and the addresses that its lines give them, in order.
struct HostsFile: Hashable, Sendable {
  private(set) var addresses: [String: [EndpointAddress]] = [:]
  /// Lines whose address could not be read, and names above the bound.
  private(set) var ignored = 0

  static let empty = HostsFile()

  /// Addresses that one name may have.
  static let addressesMax = 64

  private init() {}

  /// Reads lines of `address name…`, with `#` before a comment; what cannot be read is skipped, as the system does.
  init(text: String) {
    for line in text.split(whereSeparator: \.isNewline) {
      let content = line.prefix { $0 != "#" }
      let words = content.split(whereSeparator: { $0 == " " || $0 == "\t" })
      guard let first = words.first else { continue }
      guard let address = AddressLiteral.parse(first) else {
        ignored += 1
        continue
      }
      for name in words.dropFirst() { add(address, to: DNSName.key(String(name))) }
    }
  }

  /// - Parameter key: the name in the form of `DNSName.key`.
  func lookUp(key: String) -> [EndpointAddress]? { addresses[key] }

  private mutating func add(_ address: EndpointAddress, to key: String) {
    let known = addresses[key]
    guard known != nil || addresses.count < ResolverLimits.hostsNamesMax, (known?.count ?? 0) < Self.addressesMax else {
      ignored += 1
      return
    }
    if known?.contains(address) != true { addresses[key, default: []].append(address) }
  }
}
