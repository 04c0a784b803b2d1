/// How long each look at the network may take, and how much it reads. The gateway's own timeouts count where they are
/// less.
enum NetworkLimits {
  /// All looks one after the other.
  static let whole = Duration.milliseconds(9000)
  static let resolve = Duration.milliseconds(2500)
  static let connect = Duration.milliseconds(2500)
  static let handshake = Duration.milliseconds(5000)
  /// To the end of a response.
  static let response = Duration.milliseconds(4000)
  /// One other way to ask, its connection included.
  static let otherWay = Duration.milliseconds(1500)
  /// One version of TLS.
  static let version = Duration.milliseconds(2000)
  /// The longest that an idle connection is watched.
  static let keepAliveWatch = Duration.milliseconds(6000)
  /// Addresses of one name.
  static let addressesMax = 16
  /// Bytes of a response's body; what is longer is cut, and the connection not used again.
  static let bodyMax = 1 << 20
  /// Fields of a response that are kept, and bytes of each value.
  static let fieldsMax = 16
  static let valueMax = 128
  /// How long a body whose length was declared may be silent at the end of its time to count as stalled.
  static let bodySilence = Duration.milliseconds(1000)
}
