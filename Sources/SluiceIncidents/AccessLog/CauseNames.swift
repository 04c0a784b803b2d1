internal import SluiceCore
internal import SluiceWire

/// Identifiers as bytes, made once: an identifier is asked for on each failing exchange.
enum CauseNames {
  private static let causes = Cause.allCases.map { Array($0.identifier.utf8) }
  private static let owners = Cause.allCases.map { Array($0.owner.identifier.utf8) }
  private static let rules = WireRule.allCases.map { Array($0.identifier.utf8) }

  static func identifier(_ cause: Cause) -> [UInt8] { causes[Int(cause.rawValue)] }
  static func owner(_ cause: Cause) -> [UInt8] { owners[Int(cause.rawValue)] }
  static func identifier(_ rule: WireRule) -> [UInt8] { rules[Int(rule.rawValue)] }
}
