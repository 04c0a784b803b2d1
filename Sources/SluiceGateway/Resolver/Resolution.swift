public import SluiceCore

/// What resolving one name gave, and the evidence for it.
public struct Resolution: Hashable, Sendable {
  public enum Outcome: Hashable, Sendable {
    /// At least one address.
    case addresses
    /// `dnsNxdomain`, `dnsServfail`, `dnsRefused`, `dnsTimeout` or `dnsNoAddress`.
    case failed(Cause)
  }

  /// Who answered.
  public enum Source: UInt8, Hashable, Sendable {
    case dns
    case hosts
    /// The name was an address.
    case literal
    /// `localhost` and the names below it (RFC 6761 section 6.3).
    case localhost
    /// Nobody was asked: the name is no host name, or the resolver is full or stopped.
    case none
  }

  /// What was seen, more exactly than the cause says it.
  public enum Detail: UInt8, Hashable, Sendable {
    /// A server answered, and the answer is the outcome.
    case answered
    /// No server answered within the timeout.
    case timedOut
    /// Every server refused the transport: nothing listens there, or no way leads there.
    case serverUnreachable
    /// A server answered with what is no DNS message.
    case malformedAnswer
    /// The aliases lead in a circle.
    case aliasLoop
    /// More aliases than are followed.
    case aliasesTooLong
    /// The name is no host name; it was not asked for.
    case invalidName
    /// The resolver's queue is full.
    case queueFull
    /// The resolver is stopped, or could not be set up.
    case stopped
  }

  /// The name as it was asked for.
  public var name: String
  /// The addresses of both families, port 0, in the order of the answers, A before AAAA. Empty where it failed.
  public var addresses: [EndpointAddress]
  /// How long this may be used: for addresses the smallest TTL of the records used, 1 s to 1 h; for a failure the
  /// zone's negative TTL, 1 s to 30 s. `unlimited` for a literal.
  public var ttl: TimeSpan
  public var outcome: Outcome
  public var detail: Detail
  /// The response code of the answer that decided, where a server gave one (RFC 1035 section 4.1.1, extended by RFC
  /// 6891).
  public var rcode: UInt16?
  /// Seconds that the answer of each family holds, the aliases before it included, as the server gave them.
  public var familyTTL: [EndpointAddress.Family: UInt32] = [:]
  public var source: Source
  /// The names that the CNAME records went through, in order (RFC 9532 puts them into `next-hop-aliases`).
  public var aliases: [String] = []
  /// The name that was asked for last, search domain included.
  public var askedName: String
  /// The family for which no server answered although the other one's addresses are known.
  public var missingFamily: EndpointAddress.Family?
  /// The server that decided, with its port.
  public var server: EndpointAddress = .none
  /// From the call to the result, the wait in the queue included.
  public var elapsed: TimeSpan = .zero

  /// The name at the end of the aliases.
  public var canonicalName: String { aliases.last ?? askedName }

  /// The cause, where it failed.
  public var cause: Cause? {
    switch outcome {
    case .addresses: nil
    case .failed(let cause): cause
    }
  }

  public static func addresses(
    _ addresses: [EndpointAddress], of name: String, source: Source, ttl: TimeSpan
  ) -> Resolution {
    Resolution(
      name: name, addresses: addresses, ttl: ttl, outcome: .addresses, detail: .answered, rcode: nil, source: source,
      askedName: name)
  }

  public static func failed(
    _ cause: Cause, of name: String, detail: Detail, source: Source = .none, ttl: TimeSpan = .seconds(1)
  ) -> Resolution {
    Resolution(
      name: name, addresses: [], ttl: ttl, outcome: .failed(cause), detail: detail, rcode: nil, source: source,
      askedName: name)
  }
}
