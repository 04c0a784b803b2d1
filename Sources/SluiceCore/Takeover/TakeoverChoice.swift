/// Which of the running gateways a new one takes over from: the one that listens where the new one is to listen.
///
/// Neither the installation's name nor a number of the listeners' would do: several gateways of one user may share a
/// name, and a new configuration may have other listeners than the old one.
public enum TakeoverChoice: Hashable, Sendable {
  case none
  /// An index in the identities.
  case one(Int)
  /// Several gateways hold a part of the addresses; there is no telling which one is meant to end.
  case several([Int])

  /// - Parameter wanted: addresses of the new configuration, as written and as bound.
  public static func among(_ identities: [TakeoverIdentity], for wanted: Set<String>) -> TakeoverChoice {
    let holders = identities.indices.filter { !wanted.isDisjoint(with: identities[$0].addresses) }
    switch holders.count {
    case 0: return .none
    case 1: return .one(holders[0])
    default: return .several(holders)
    }
  }
}
