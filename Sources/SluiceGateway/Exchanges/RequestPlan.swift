internal import SluiceWire

/// How the request's head differs on its way upstream.
struct RequestPlan {
  /// Send `ExchangeDriver.target` instead of the request's own target.
  var replacesTarget = false
  /// nil: the request's own Host field stays where it is.
  var host: [UInt8]?
  /// Fields that we set ourselves, whole lines, in `ExchangeDriver.lines`.
  var dropping: KnownFieldSet = []
  var upgrades = false
}
