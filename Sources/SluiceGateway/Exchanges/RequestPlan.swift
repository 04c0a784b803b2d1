internal import SluiceWire

/// How the request's head differs on its way upstream.
struct RequestPlan {
  /// Send `ExchangeDriver.target` instead of the request's own target.
  var replacesTarget = false
  var upgrades = false
  /// The value of Sec-WebSocket-Key: an extended CONNECT has none, and HTTP/1.1 needs one (RFC 8441 section 5).
  var webSocketKey: [UInt8]?
}
