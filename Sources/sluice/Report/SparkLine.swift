/// Counts as a row of bars of one column each.
struct SparkLine {
  let text: String

  init(_ counts: [Int], hasUnicode: Bool) {
    let most = counts.max() ?? 0
    let bars: [Character] =
      hasUnicode ? ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] : [".", ":", "-", "=", "+", "*", "#", "@"]
    text = String(
      counts.map { count in
        guard count > 0, most > 0 else { return " " }
        return bars[min(bars.count - 1, count * bars.count / (most + 1))]
      })
  }
}
