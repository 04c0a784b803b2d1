internal import SluiceCore

/// IP addresses and ranges of them.
enum AddressText {
  /// `10.0.0.0/8`, `::1`, or `unix` for clients on Unix sockets.
  static func range(_ text: String) throws(Mistake) -> AddressRange {
    if ["*", "all", "any"].contains(text) { throw Mistake("", suggestion: "0.0.0.0/0") }
    do throws(AddressRange.Mistake) {
      return try AddressRange(text)
    } catch {
      switch error {
      case .address: throw Mistake("")
      case .prefixLength: throw Mistake("what follows '/' is not a number of leading bits, 0...32 or for IPv6 0...128")
      case .hostBits(let suggestion):
        throw Mistake("it has bits beyond its prefix; a block begins at its first address", suggestion: suggestion)
      }
    }
  }

  /// An address with or without a port; port 53 where there is none.
  static func server(_ text: String) throws(Mistake) -> EndpointAddress {
    guard var address = EndpointAddress(text) else {
      throw Mistake("a DNS server is named by its IP address, with or without a port")
    }
    if address.port == 0 { address.port = 53 }
    return address
  }
}
