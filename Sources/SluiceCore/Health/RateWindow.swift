/// Answers of the last seconds, and how many of them were the application's own 5xx.
///
/// Two halves that take turns, so that a window costs four numbers and is between one half and the whole of it long.
struct RateWindow: Hashable, Sendable {
  /// Half of the 10 s that Envoy judges by.
  static let half = TimeSpan.seconds(5)

  private struct Half: Hashable {
    var answers: UInt64 = 0
    var answers5xx: UInt64 = 0
  }

  private var current = Half()
  private var previous = Half()
  private var began = Instant(nanoseconds: .min)

  mutating func add(answers: UInt32, answers5xx: UInt32, at now: Instant) {
    turn(at: now)
    current.answers += UInt64(answers)
    current.answers5xx += UInt64(min(answers5xx, answers))
  }

  mutating func turn(at now: Instant) {
    guard began.nanoseconds != .min else {
      began = now
      return
    }
    let elapsed = now - began
    guard elapsed >= Self.half else { return }
    previous = now < began + Self.half + Self.half ? current : Half()
    current = Half()
    began = now
  }

  var answers: UInt64 { current.answers + previous.answers }

  /// 0...1; 1 without an answer.
  var successRate: Double {
    let answers = answers
    guard answers > 0 else { return 1 }
    return 1 - Double(current.answers5xx + previous.answers5xx) / Double(answers)
  }
}
