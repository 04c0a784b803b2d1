internal import SluiceCore

/// Fails the n-th effect of a run: the driver tells the machine of a failure instead of doing it, or of a bug.
final class FaultPlan {
  enum Kind: CaseIterable {
    case failure, bug
  }

  let number: Int
  let kind: Kind
  private var count = 0
  private(set) var struck: ExchangeEffect?

  init(number: Int, kind: Kind) {
    self.number = number
    self.kind = kind
  }

  func strikes(_ effect: ExchangeEffect) -> Bool {
    count += 1
    guard count == number else { return false }
    struck = effect
    return true
  }
}
