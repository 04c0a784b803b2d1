internal import SluiceCore

/// What a queue says is to be done.
enum DeliveryStep<Item: Sendable>: Sendable {
  /// Try this now; `finished` follows.
  case send(Item)
  case wait(until: Instant)
  /// Until something comes, or until `finished`.
  case idle
}

extension DeliveryStep: Equatable where Item: Equatable {}
