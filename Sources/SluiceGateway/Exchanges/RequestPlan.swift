internal import SluiceWire

/// How the request's head differs on its way upstream.
struct RequestPlan {
  /// Send `ExchangeDriver.target` instead of the request's own target.
  var replacesTarget = false
  var upgrades = false
}
