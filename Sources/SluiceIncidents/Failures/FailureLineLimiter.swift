public import SluiceCore

/// Keeps a storm of one cause from drowning all others: so many lines a second for each cause, then a count.
///
/// Seconds are windows that begin with a cause's first line. A count that no later line has told is due from
/// `due(at:)`, which the owner calls on a tick.
public struct FailureLineLimiter: Sendable {
  /// Lines of one cause in a second.
  public static let linesPerSecondMax = 10

  public enum Verdict: Equatable, Sendable {
    case write
    /// The second is full: counted.
    case hold
    /// A new second began; this many lines of the cause were held in the last one.
    case writeAfter(held: UInt64)
  }

  public struct Held: Equatable, Sendable {
    public var cause: Cause
    public var count: UInt64

    public init(cause: Cause, count: UInt64) {
      self.cause = cause
      self.count = count
    }
  }

  private struct Window {
    var startedAt = Instant.never
    var written = 0
    var held: UInt64 = 0
  }

  private var windows = [Window](repeating: Window(), count: Cause.allCases.count)

  public init() {}

  /// Asks for a line.
  public mutating func admit(_ cause: Cause, at now: Instant) -> Verdict {
    let index = Int(cause.rawValue)
    if Self.isOver(windows[index], at: now) {
      let held = windows[index].held
      windows[index] = Window(startedAt: now, written: 1)
      return held == 0 ? .write : .writeAfter(held: held)
    }
    guard windows[index].written < Self.linesPerSecondMax else {
      windows[index].held += 1
      return .hold
    }
    windows[index].written += 1
    return .write
  }

  /// The counts of all seconds that are over; they are told once.
  public mutating func due(at now: Instant) -> [Held] {
    var due: [Held] = []
    for cause in Cause.allCases {
      let index = Int(cause.rawValue)
      guard windows[index].held > 0, Self.isOver(windows[index], at: now) else { continue }
      due.append(Held(cause: cause, count: windows[index].held))
      windows[index] = Window()
    }
    return due
  }

  private static func isOver(_ window: Window, at now: Instant) -> Bool {
    window.startedAt == .never || now - window.startedAt >= .seconds(1)
  }
}
