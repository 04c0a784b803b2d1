internal import SluiceCore

/// An IP address as text, in its one shortest form (RFC 5952), so that two spellings of an address are seen to be the
/// same.
enum IPText {
  static func canonicalIPv4(_ text: String) -> String? {
    guard !text.contains(":"), let address = EndpointAddress(text), address.family == .v4 else { return nil }
    return address.description
  }

  /// Without brackets and without a zone.
  static func canonicalIPv6(_ text: String) -> String? {
    guard !text.hasPrefix("["), let address = EndpointAddress(text), address.family == .v6 else { return nil }
    return address.description
  }
}
