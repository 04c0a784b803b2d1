internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceWire

/// One worker's part of a listener. It outlives reloads as long as its address stays.
final class ListenerState {
  let address: ListenAddress
  /// Index in the present snapshot.
  var index: UInt16
  var timeouts: ListenerTimeouts
  var limits: ListenerLimits
  var connections = 0

  init(_ configuration: ListenerConfiguration, index: UInt16) {
    address = configuration.address
    self.index = index
    timeouts = configuration.timeouts
    limits = configuration.limits
  }

  /// A reload may change everything but the address.
  func adopt(_ configuration: ListenerConfiguration, index: UInt16) {
    self.index = index
    timeouts = configuration.timeouts
    limits = configuration.limits
  }

  var headLimits: HeadLimits {
    HeadLimits(total: limits.head, line: limits.requestLine, field: limits.field, fields: limits.fields)
  }
}
