/// What an older and a newer gateway say to each other while the newer one takes over the listening sockets.
///
/// One message is one packet (SOCK_SEQPACKET), at most `bytesMax` long; descriptors travel beside `sockets`.
/// `TakeoverGiver` and `TakeoverTaker` say who may send what, and when.
public enum TakeoverMessage: Hashable, Sendable {
  /// Newer to older: who are you?
  case identify
  /// The answer to it.
  case identity(TakeoverIdentity)
  /// Newer to older: give me your listening sockets.
  case request
  /// Older to newer: how many sockets follow.
  case offer(sockets: Int)
  /// Older to newer: the configured address of each descriptor that comes with this message.
  case sockets([String])
  /// Newer to older: I could accept on these now, by their place in the offer.
  case ready([Int])
  /// Older to newer: I no longer accept on them; you may.
  case paused
  /// Newer to older: I accept.
  case accepting
  /// Older to newer: I have closed them.
  case released
  /// Older to newer: no, and why.
  case refused(TakeoverRefusal)

  /// Bytes of a message. The longest is an identity with 256 listeners on Unix sockets.
  public static let bytesMax = 48 << 10
  /// Descriptors beside one message; Linux takes 253.
  public static let descriptorsMax = 64
  /// Sockets of an offer: 256 listeners would need far fewer, one for each worker more.
  public static let socketsMax = 4096
  /// Bytes of an address or a name.
  public static let textMax = 128
}

/// Who an older gateway is.
public struct TakeoverIdentity: Hashable, Sendable {
  public var process: Int32
  /// The installation's.
  public var name: String
  /// Of its configuration.
  public var generation: UInt64
  /// What it listens on: as configured, then as bound where that differs.
  public var addresses: [String]

  /// Addresses that are told.
  public static let addressesMax = 256

  public init(process: Int32, name: String, generation: UInt64, addresses: [String]) {
    self.process = process
    self.name = String(name.prefix(TakeoverMessage.textMax))
    self.generation = generation
    self.addresses = Array(addresses.prefix(Self.addressesMax))
  }
}

/// Why an older gateway keeps its sockets.
public enum TakeoverRefusal: UInt8, Hashable, Sendable, CaseIterable {
  case busy = 1
  case draining
  case otherUser
  case otherVersion
  case malformed
  case late

  public var sentence: String {
    switch self {
    case .busy: "another process is taking its sockets over"
    case .draining: "it is draining already"
    case .otherUser: "it belongs to another user"
    case .otherVersion: "it speaks another version of the takeover; stop it instead"
    case .malformed: "it did not understand the request"
    case .late: "it was not answered in time and went on by itself"
    }
  }
}

/// What is wrong with a message.
public enum TakeoverFault: Hashable, Sendable, Error {
  case truncated
  /// It does not begin as a message of ours does.
  case notOurs
  case version(UInt8)
  case kind(UInt8)
  case tooLong
  /// A number or a text beyond its bound, or a text that is not UTF-8.
  case value
  /// Bytes behind its end.
  case excess
  /// Descriptors that do not belong to it, or fewer than it names.
  case descriptors(Int)
}
