internal import SluiceDiagnosis

/// Numbers and times as the page shows them.
enum PageText {
  /// `502: 1,180, 504: 24`, the most frequent first, five at most.
  static func counts(_ counts: [String: Int]) -> String {
    let ordered = counts.sorted { ($0.value, $1.key) > ($1.value, $0.key) }
    let shown = ordered.prefix(5).map { "\($0.key): \(Numbers.plain($0.value))" }.joined(separator: ", ")
    return ordered.isEmpty ? "-" : ordered.count > 5 ? shown + " and \(ordered.count - 5) more" : shown
  }

  /// `2026-11-26 20:14:02` of `2026-11-26T20:14:02.000Z`.
  static func moment(_ time: String) -> String { time.prefix(19).split(separator: "T").joined(separator: " ") }

  /// `20:14:02`, some seconds later.
  static func clock(_ time: String, later seconds: Int) -> String {
    guard let begin = secondOfDay(time) else { return "?" }
    let total = (begin + seconds) % 86_400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(total / 3600)):\(two(total / 60 % 60)):\(two(total % 60))"
  }

  static func secondOfDay(_ time: String) -> Int? {
    let parts = time.dropFirst(11).prefix(8).split(separator: ":").compactMap { Int($0) }
    return parts.count == 3 ? (parts[0] * 60 + parts[1]) * 60 + parts[2] : nil
  }

  static func clock(_ time: String) -> String { clock(time, later: 0) }

  /// A line with its place.
  static func sample(_ sample: LogSample, to page: inout HTMLWriter) {
    page.raw("<figure class=\"sample\">")
    page.element("figcaption", "", "\(sample.file):\(sample.line)")
    page.raw("<pre tabindex=\"0\">")
    page.text(sample.text)
    page.raw("</pre></figure>\n")
  }
}
