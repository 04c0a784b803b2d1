import SluiceCore
import SluiceIncidents

@testable import SluiceDiagnosis

/// Traffic as it might be counted, the same for the same seed.
struct Traffic {
  static let span: Int64 = 10_000
  /// When the change of the tests is made: in the middle of a part.
  static let changeTime: Int64 = 1_000_005_000

  private var random: SplitMix64

  init(seed: UInt64) { random = SplitMix64(seed: seed) }

  private mutating func chance(_ probability: Double) -> Bool {
    Double(random.next() >> 11) / Double(1 << 53) < probability
  }

  /// - Parameters:
  ///   - parts: before and after the one with the change.
  ///   - rate: of failures in a part, by its distance from the one with the change.
  ///   - latency: median of the times in milliseconds, the same way; the times are spread around it.
  mutating func counts(
    _ parts: ClosedRange<Int>, requests: Int, rate: (Int) -> Double, latency: (Int) -> Double = { _ in 20 }
  ) -> [TrafficCount] {
    parts.map { part in
      var counter = TrafficCounter()
      for _ in 0..<requests {
        let spread = 0.5 + Double(random.next() >> 11) / Double(1 << 53)
        let outcome: TrafficCounter.Outcome = chance(rate(part)) ? .applicationFailed : .fine
        counter.add(outcome, firstByte: Int32(latency(part) * spread * 1000))
      }
      let start = Self.changeTime - 5_000 + Int64(part) * Self.span
      return TrafficCount(counter, time: start, span: Self.span, upstream: "api", endpoint: nil)
    }
  }

  static let change = Change(kind: .deploy, time: changeTime, text: "api v42", upstream: "api")
  static let end = changeTime + 600_000
}
