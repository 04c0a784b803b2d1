/// The three forms of a generated body.
public enum BodyKind: UInt8, CaseIterable, Hashable, Sendable {
  /// `application/problem+json` (RFC 9457).
  case problem
  case html
  case text

  var contentType: StaticString {
    switch self {
    case .problem: "application/problem+json"
    case .html: "text/html; charset=utf-8"
    case .text: "text/plain; charset=utf-8"
    }
  }

  /// Bytes of an Accept that are looked at.
  static let acceptBytesMax = 2048

  /// Chooses by Accept (RFC 9110 section 12.5.1): the highest weight, then the narrowest range, then problem, HTML,
  /// text.
  ///
  /// `application/json` asks for the problem document too. Who names none of them narrowly gets text, also where all
  /// are refused: an error has to be told in some form.
  ///
  /// - Parameter accept: The field's value, several joined with commas; empty where there is none.
  public static func negotiate(_ accept: [UInt8]) -> BodyKind {
    var offers = allCases.map { Offer(kind: $0) }
    for range in accept.prefix(acceptBytesMax).split(separator: 0x2C) {
      let parts = range.split(separator: 0x3B, omittingEmptySubsequences: false)
      guard let type = parts.first else { continue }
      let name = String(decoding: trimmed(type), as: UTF8.self).lowercased()
      let weight = parts.dropFirst().compactMap { thousandths($0) }.first ?? 1000
      for index in offers.indices { offers[index].take(name, weight) }
    }
    let best = offers.filter { $0.weight > 0 }.max { $0.isWeaker(than: $1) }
    guard let best, best.precision == Offer.exact || best.kind == .problem else { return .text }
    return best.kind
  }

  private struct Offer {
    static let exact = 3
    let kind: BodyKind
    /// Thousandths.
    var weight = 0
    var precision = 0

    /// A narrower range decides over a wider one, whatever their weights.
    mutating func take(_ name: String, _ weight: Int) {
      guard let precision = precision(of: name), precision >= self.precision else { return }
      self.weight = precision == self.precision ? max(weight, self.weight) : weight
      self.precision = precision
    }

    private func precision(of name: String) -> Int? {
      switch (name, kind) {
      case ("*/*", _), ("*", _): 1
      case ("text/*", .html), ("text/*", .text), ("application/*", .problem): 2
      case ("application/problem+json", .problem), ("application/json", .problem), ("text/html", .html),
        ("text/plain", .text):
        Self.exact
      default: nil
      }
    }

    func isWeaker(than other: Offer) -> Bool {
      if weight != other.weight { return weight < other.weight }
      if precision != other.precision { return precision < other.precision }
      // Where only wide ranges fit, a person at a terminal is likelier than a program.
      let order: [BodyKind] = precision == Self.exact ? [.text, .html, .problem] : [.problem, .html, .text]
      return (order.firstIndex(of: kind) ?? 0) < (order.firstIndex(of: other.kind) ?? 0)
    }
  }

  /// `q=0.8` in thousandths; nil for another parameter, 0 for a weight that is none.
  private static func thousandths(_ parameter: ArraySlice<UInt8>) -> Int? {
    let text = trimmed(parameter)
    guard text.count >= 2, text[text.startIndex] | 0x20 == 0x71, text[text.startIndex + 1] == 0x3D else { return nil }
    let value = text.dropFirst(2)
    guard let first = value.first, first == 0x30 || first == 0x31, value.count <= 5 else { return 0 }
    guard value.count > 1 else { return first == 0x31 ? 1000 : 0 }
    guard value[value.startIndex + 1] == 0x2E else { return 0 }
    var weight = first == 0x31 ? 1000 : 0
    var unit = 100
    for digit in value.dropFirst(2) {
      guard (0x30...0x39).contains(digit) else { return 0 }
      weight += Int(digit - 0x30) * unit
      unit /= 10
    }
    return min(weight, 1000)
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var result = bytes
    while let first = result.first, first == 0x20 || first == 0x09 { result.removeFirst() }
    while let last = result.last, last == 0x20 || last == 0x09 { result.removeLast() }
    return result
  }
}
