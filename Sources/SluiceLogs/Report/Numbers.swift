/// Counts and shares, for people.
package enum Numbers {
  /// `1,204,233`: groups of three make long numbers readable.
  package static func plain(_ number: Int) -> String {
    let digits = String(number.magnitude)
    var text = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// `1 request`, `1,204 requests`.
  package static func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(plain(number)) \(number == 1 ? one : many)"
  }

  package static func share(_ part: Int, of whole: Int) -> String {
    percent(whole > 0 ? Double(part) / Double(whole) : 0)
  }

  /// `0.003 %`, `0.42 %`, `12.5 %`, `100 %`: the figures that count, and never 100 % for less.
  package static func percent(_ share: Double) -> String {
    let value = share.isFinite ? min(max(share, 0), 1) * 100 : 0
    if value == 0 { return "0 %" }
    if value >= 100 { return "100 %" }
    if value >= 99.95 { return "over 99.9 %" }
    if value >= 10 { return rounded(value, digits: 1) + " %" }
    if value >= 0.1 { return rounded(value, digits: 2) + " %" }
    return value >= 0.001 ? rounded(value, digits: 3) + " %" : "less than 0.001 %"
  }

  /// Without zeros at its end.
  private static func rounded(_ value: Double, digits: Int) -> String {
    var factor = 1
    for _ in 0..<digits { factor *= 10 }
    let scaled = Int((value * Double(factor)).rounded())
    var rest = String(scaled % factor)
    rest = String(repeating: "0", count: digits - rest.count) + rest
    while rest.last == "0" { rest.removeLast() }
    return "\(scaled / factor)" + (rest.isEmpty ? "" : "." + rest)
  }
}
