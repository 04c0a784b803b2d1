/// A frame that breaks a rule, and what ends with it.
public struct HTTP2Fault: Error, Hashable, Sendable {
  public var rule: HTTP2Rule
  /// Told to the peer.
  public var code: HTTP2ErrorCode
  /// The stream that ends; 0: the connection.
  public var streamID: UInt32

  public init(_ rule: HTTP2Rule, code: HTTP2ErrorCode? = nil, streamID: UInt32 = 0) {
    self.rule = rule
    self.code = code ?? rule.code
    self.streamID = streamID
  }
}
