internal import SluiceIncidents

/// The lines of a moment and those around it.
enum LogWindow {
  static let linesMax = 200
  /// Lines that are kept however far they are from the moment.
  static let linesMin = 40
  /// On each side.
  static let spanMs: Int64 = 30_000

  static func lines(_ lines: [LogLine], _ times: [Int64?], around moment: Int64) -> [ApplicationLogLine] {
    let second = moment - (moment % 1000 + 1000) % 1000
    var upper = lines.indices.first { times[$0].map { $0 >= second } ?? false } ?? lines.count
    var lower = upper
    while upper < lines.count, upper - lower < linesMax, times[upper].map({ $0 < second + 1000 }) ?? true { upper += 1 }
    var isGrowing = true
    while isGrowing, upper - lower < linesMax {
      isGrowing = false
      if lower > 0, isWanted(times[lower - 1], moment, upper - lower) {
        lower -= 1
        isGrowing = true
      }
      if upper < lines.count, upper - lower < linesMax, isWanted(times[upper], moment, upper - lower) {
        upper += 1
        isGrowing = true
      }
    }
    return lines[lower..<upper].filter { !$0.isInner }.map { line in
      var shown = ApplicationLogLine(text: ApplicationLogReading.shown(String(decoding: line.text, as: UTF8.self)))
      shown.time = line.time
      return shown
    }
  }

  private static func isWanted(_ time: Int64?, _ moment: Int64, _ count: Int) -> Bool {
    count < linesMin || (time.map { abs($0 - moment) <= spanMs } ?? true)
  }
}
