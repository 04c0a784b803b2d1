/// How far a long scan has come: share, rate and what is left, on one line of standard error.
struct LogsProgress {
  /// Bytes; nil: not known.
  let total: Int?
  /// Unix time in milliseconds.
  let start: Int64
  private var shown: Int64 = 0

  /// Nothing is shown for what is over within a second, and not more often than a person can read.
  private static let pauseMs: Int64 = 200
  private static let quietMs: Int64 = 1000

  init(total: Int?, start: Int64) {
    self.total = total
    self.start = start
  }

  mutating func show(_ done: Int) {
    let now = WallClock.milliseconds()
    guard now - start >= Self.quietMs, now - shown >= Self.pauseMs else { return }
    shown = now
    ProgressLine.show(Self.text(done: done, total: total, elapsed: now - start))
  }

  /// `[########------------] 42 %, 812 MB/s, 3 s left`.
  static func text(done: Int, total: Int?, elapsed: Int64) -> String {
    let rate = Double(done) / Double(max(elapsed, 1)) * 1000
    let speed = "\(Int(rate / 1_000_000)) MB/s"
    guard let total, total > 0 else { return "\(done / 1_000_000) MB read, \(speed)" }
    let share = min(1, Double(done) / Double(total))
    let bars = Int(share * 20)
    let left = rate > 0 ? Amounts.about(Double(max(0, total - done)) / rate * 1000) : "?"
    let bar = String(repeating: "#", count: bars) + String(repeating: "-", count: 20 - bars)
    return "[\(bar)] \(Int(share * 100)) %, \(speed), \(left) left"
  }
}
