internal import SluiceDiagnosis

/// How sure something is.
enum SurenessBadge {
  static func badge(_ sure: Sureness) -> Badge {
    switch sure {
    case .certain: Badge("certain", .good)
    case .likely: Badge("likely", .good)
    case .possible: Badge("possible", .warning)
    case .unknown: Badge("unknown", .quiet)
    }
  }
}
