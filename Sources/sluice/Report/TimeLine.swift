import SluiceIncidents

/// The phases of an attempt as bars over the time of the whole exchange.
enum TimeLine {
  struct Bar: Equatable {
    var name: String
    /// Milliseconds since the exchange's start.
    var start: Double
    /// Milliseconds.
    var span: Double
    /// The attempt failed in this phase.
    var isBroken = false
  }

  /// The phases that were reached, in their order.
  ///
  /// The record's `firstByteMs` counts from the attempt's start, so the wait is what the phases before it leave. The
  /// phase in which an attempt failed has no time of its own where nothing ended it but the failure: it lasts to the
  /// attempt's end.
  ///
  /// - Parameter end: of the attempt, in milliseconds since the exchange's start: the next one's start, or the total.
  static func bars(of attempt: StoredAttempt, end: Double) -> [Bar] {
    let start = attempt.startMs ?? 0
    var cursor = start
    var bars: [Bar] = []
    let measured: [(String, Double?)] = [
      ("queue", attempt.queueMs), ("resolve", attempt.resolveMs), ("connect", attempt.connectMs),
      ("tls", attempt.tlsMs), ("send", attempt.sendMs),
    ]
    for case let (name, span?) in measured {
      bars.append(Bar(name: name, start: cursor, span: span))
      cursor += span
    }
    if let firstByte = attempt.firstByteMs {
      let wait = max(start + firstByte - cursor, 0)
      bars.append(Bar(name: "wait", start: cursor, span: wait))
      cursor += wait
      if let receive = attempt.receiveMs { bars.append(Bar(name: "receive", start: cursor, span: receive)) }
    } else if attempt.cause != nil, !bars.contains(where: { $0.name == attempt.phase }) {
      bars.append(Bar(name: attempt.phase, start: cursor, span: max(end - cursor, 0)))
    }
    if attempt.cause != nil, !bars.isEmpty { bars[bars.count - 1].isBroken = true }
    return bars
  }

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
