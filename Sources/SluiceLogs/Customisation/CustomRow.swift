/// A signature of a user's, and which lines it is asked for.
struct CustomRow: Equatable, Sendable {
  /// nil: every format.
  let format: String?
  /// nil: every product.
  let product: LogProduct?
  let signature: Signature

  func concerns(_ format: LogFormat) -> Bool {
    (self.format == nil || self.format == format.id) && (product == nil || product == format.product)
  }

  /// Statuses below 500 that the row names: their lines are no ordinary ones.
  var statuses: [String] {
    signature.conditions.flatMap { condition -> [String] in
      if case .is(.status, let values) = condition { values.filter { ($0.utf8.first ?? 0) < 0x35 } } else { [] }
    }
  }
}
