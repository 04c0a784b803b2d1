internal import SluiceCore

/// What one DNS response message says about one name and one family.
struct DNSAnswer: Hashable, Sendable {
  /// The response code, the extended bits of EDNS included (RFC 6891 section 6.1.3).
  var rcode: UInt16
  /// The TC bit: the transport was to ask again over TCP, so an answer that still has it is incomplete.
  var isTruncated: Bool
  /// The names that the CNAME chain went through after the question's own, in order, without a trailing dot.
  var aliases: [String]
  /// How the chain ended.
  var chain: Chain
  /// Addresses at the end of the chain, port 0, in the server's order; at most `DNSMessageReader.addressesMax`.
  var addresses: [EndpointAddress]
  /// Addresses that the bound left out.
  var addressesOmitted: Int
  /// Seconds: the smallest TTL of the aliases and addresses that were used. Nil where none was used.
  var ttl: UInt32?
  /// Seconds: the SOA's own TTL or its MINIMUM, whichever is smaller (RFC 2308 section 5). Nil without a SOA.
  var negativeTTL: UInt32?

  enum Chain: UInt8, Hashable, Sendable {
    case complete
    /// A name of the chain leads back to one before it.
    case loop
    /// Longer than `DNSMessageReader.aliasesMax`.
    case tooLong
  }
}

/// Why a DNS message could not be read.
enum DNSMessageError: Error, Hashable, Sendable {
  /// A header, name or record ends after the message does.
  case cutShort
  /// The QR bit is not set: a question, not an answer.
  case notAResponse
  /// Not exactly one question.
  case questionCount
  /// A question of another class or type than was asked.
  case questionMismatch
  /// A label of a reserved form (RFC 1035 section 4.1.4), or a name above 255 bytes.
  case malformedName
  /// A compression pointer that does not point backwards: the only way to build a loop.
  case forwardPointer
  /// Record data whose length does not fit its type.
  case recordLength
}
