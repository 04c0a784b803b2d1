import SluiceDiagnosis

/// The phases of an attempt as bars over the time of the whole exchange.
enum TimeLine {
  typealias Bar = AttemptSpan

  /// One line for each bar: name, time, and the bar where it lies in the whole.
  ///
  /// - Parameter total: milliseconds that the full width stands for.
  static func lines(_ bars: [Bar], total: Double, screen: Screen, indent: String) -> [String] {
    let times = bars.map { Amounts.milliseconds($0.span) }
    let nameWidth = max(8, bars.map { PlainText.width($0.name) }.max() ?? 0)
    let timeWidth = max(10, times.map(\.count).max() ?? 0)
    let room = max(10, screen.width - indent.count - nameWidth - timeWidth - 4)
    return zip(bars, times).map { bar, time in
      let (before, length) = cells(bar, total: total, room: room)
      let drawn = String(repeating: screen.hasUnicode ? "█" : "=", count: length - (bar.isBroken ? 1 : 0))
      let after = String(repeating: " ", count: room - before - length)
      return indent + PlainText.padded(bar.name, width: nameWidth) + " "
        + PlainText.padded(time, width: timeWidth, isRight: true) + " |" + String(repeating: " ", count: before)
        + screen.paint(drawn, .cyan) + (bar.isBroken ? screen.paint("x", .boldRed) : "") + after + "|"
    }
  }

  /// Where a bar begins and how long it is; the shortest phase is still one cell.
  private static func cells(_ bar: Bar, total: Double, room: Int) -> (before: Int, length: Int) {
    guard total > 0, total.isFinite else { return (0, 1) }
    func cell(_ time: Double) -> Int {
      let share = time / total
      return Int((share.isFinite ? min(max(share, 0), 1) : 1) * Double(room) + 0.5)
    }
    let before = min(cell(bar.start), room - 1)
    return (before, min(max(cell(bar.start + bar.span) - before, 1), room - before))
  }
}
