public import SluiceCore

/// The addresses of all tracked names at one moment: immutable, published whole.
public struct ResolvedEndpoints: Hashable, Sendable {
  /// Grows with each publish.
  public var generation: UInt64
  /// By name, as it was given to `EndpointResolver.track`. A name without a first result is not in here.
  public var names: [String: ResolvedName]
  /// What is different from the snapshot published before, oldest first.
  public var changes: [AddressChange]
  /// Tracked names without a first result.
  public var pending: Int
}

/// One name's addresses, and how much they are to be believed.
public struct ResolvedName: Hashable, Sendable {
  public var name: String
  /// Port 0; empty where none is known or the last good ones are too old.
  public var addresses: [EndpointAddress]
  /// The last result with addresses, where it is still in use.
  public var good: Resolution?
  /// When `good` came.
  public var goodAt: Instant
  /// The last result, where it failed: with addresses the reason why they are stale, without them the cause.
  public var failure: Resolution?

  /// When `good` is no longer fresh.
  public var expiry: Instant { good.map { goodAt + $0.ttl } ?? goodAt }
}

/// What a new result changed for one name.
public struct AddressChange: Hashable, Sendable {
  public enum Kind: UInt8, Hashable, Sendable {
    /// The first result for this name, whatever it was.
    case first
    /// Addresses came or went.
    case addresses
    /// The same addresses, but refreshing them began to fail, failed otherwise, or works again.
    case failure
    /// The name is no longer tracked.
    case untracked
  }

  public var name: String
  public var kind: Kind
  public var added: [EndpointAddress]
  public var removed: [EndpointAddress]
  public var failure: Resolution?
}
