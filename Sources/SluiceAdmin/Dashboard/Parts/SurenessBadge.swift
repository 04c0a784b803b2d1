internal import SluiceDiagnosis

/// How sure something is: no state, and so in none of their colours.
enum SurenessBadge {
  static func badge(_ sure: Sureness) -> Badge {
    Badge(sure.rawValue, .quiet)
  }
}
