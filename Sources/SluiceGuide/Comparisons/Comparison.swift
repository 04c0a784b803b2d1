/// Codes that are taken for each other: what tells them apart.
public struct Comparison: Equatable, Sendable {
  public let codes: [Int]
  /// The difference in two or three sentences.
  public let answer: String
  /// What is compared, and a cell for each code.
  public let rows: [(aspect: String, cells: [String])]
  /// How to tell which one is in front of you.
  public let steps: [GuideStep]
  /// How they are mixed up in practice.
  public let confusions: [String]

  init(
    _ codes: [Int], _ answer: String, rows: [(String, [String])] = [], steps: [GuideStep] = [],
    confusions: [String] = []
  ) {
    self.codes = codes
    self.answer = answer
    self.rows = rows.map { (aspect: $0.0, cells: $0.1) }
    self.steps = steps
    self.confusions = confusions
  }

  public static func == (left: Comparison, right: Comparison) -> Bool { left.codes == right.codes }

  /// Those with words of their own.
  public static let all: [Comparison] = [
    errorAndBadGateway, badGatewayAndUnavailable, badGatewayAndTimeout, unavailableAndTimeout, allFour,
  ]

  /// For any codes: the written one, else one from the quick references.
  public static func of(_ codes: [Int]) -> Comparison {
    let wanted = Array(Set(codes)).sorted()
    if let written = all.first(where: { $0.codes == wanted }) { return written }
    let entries = wanted.map { StatusTable[$0] ?? StatusTable.unknown($0) }
    let sentences = entries.map { entry in
      "`\(StatusTable.text(entry.code))` (\(entry.phrase)): \(firstSentence(entry.meaning))"
    }
    return Comparison(wanted, sentences.joined(separator: " "))
  }

  static func firstSentence(_ text: String) -> String {
    guard let end = text.firstRange(of: ". ") else { return text }
    return String(text[..<end.lowerBound]) + "."
  }
}
