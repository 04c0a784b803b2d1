public import SluiceCore

/// The order in which the addresses of one name are tried (RFC 8305 section 4).
public enum AddressOrder {
  /// Addresses tried for one connection; the rest of a longer answer is for the next one.
  public static let attemptsMax = 16

  /// Both families in turn, beginning with the given one, each in its own order; repeated addresses once.
  ///
  /// Why in turn: where a whole family is out of reach, the second attempt already goes the other way.
  ///
  /// - Parameter first: the family to begin with, where there is one of it.
  public static func interleaved(
    _ addresses: [EndpointAddress], first: EndpointAddress.Family = .v6
  ) -> [EndpointAddress] {
    var seen: Set<EndpointAddress> = []
    let unique = addresses.filter { seen.insert($0).inserted }
    let preferred = unique.filter { $0.family == first }
    let others = unique.filter { $0.family != first }
    var result: [EndpointAddress] = []
    for index in 0..<max(preferred.count, others.count) {
      if index < preferred.count { result.append(preferred[index]) }
      if index < others.count { result.append(others[index]) }
    }
    return result
  }
}
