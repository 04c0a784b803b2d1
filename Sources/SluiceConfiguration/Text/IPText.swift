#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// An IP address as text, in its one shortest form, so that two spellings of an address are seen to be the same.
enum IPText {
  static func canonicalIPv4(_ text: String) -> String? {
    var address = in_addr()
    guard text.utf8.count <= 15, inet_pton(AF_INET, text, &address) == 1 else { return nil }
    return text
  }

  /// Without brackets and without a zone.
  static func canonicalIPv6(_ text: String) -> String? {
    var address = in6_addr()
    guard text.utf8.count <= 45, inet_pton(AF_INET6, text, &address) == 1 else { return nil }
    var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(AF_INET6, &address, &buffer, socklen_t(INET6_ADDRSTRLEN)) != nil else { return nil }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  static func isAddress(_ text: String) -> Bool { canonicalIPv4(text) != nil || canonicalIPv6(text) != nil }

  /// The address's bytes in network order: 4 or 16. nil: no address.
  static func bytes(_ text: String) -> [UInt8]? {
    var v4 = in_addr()
    if text.utf8.count <= 15, inet_pton(AF_INET, text, &v4) == 1 { return withUnsafeBytes(of: &v4) { Array($0) } }
    var v6 = in6_addr()
    if text.utf8.count <= 45, inet_pton(AF_INET6, text, &v6) == 1 { return withUnsafeBytes(of: &v6) { Array($0) } }
    return nil
  }
}
