/// How sure a test is, as a person reads it.
enum Confidence {
  /// `99.2 %`, `over 99.99 %`; cut off and not rounded, so that nothing is called surer than it is.
  static func shown(_ confidence: Double?) -> String {
    guard let confidence, confidence.isFinite else { return "unknown" }
    let hundredths = Int(min(max(confidence, 0), 1) * 10_000)
    guard hundredths < 9_999 else { return "over 99.99 %" }
    let (whole, rest) = (hundredths / 100, hundredths % 100)
    let digits = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
    return rest == 0 ? "\(whole) %" : "\(whole).\(digits) %"
  }
}
