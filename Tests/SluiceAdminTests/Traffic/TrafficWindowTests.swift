import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite("Requests per second of a window")
struct TrafficWindowTests {
  /// A moment at which a part begins.
  private let start: Int64 = 1_790_000_000_000

  private func part(_ begin: Int64, _ requests: Int) -> TrafficCount {
    TrafficCount(time: begin, span: 10_000, upstream: "api", endpoint: nil, requests: requests)
  }

  private func rate(_ counts: [TrafficCount], span: Int64 = 60_000, at now: Int64, since startedAt: Int64 = 0) -> Double
  {
    TrafficWindow(counts, spanMs: span, at: now, since: startedAt).perSecond
  }

  @Test("parts without a request count, wherever they lie")
  func empty() {
    let now = start + 65_000
    // Five parts are over that began within the minute.
    for begin in stride(from: start + 10_000, through: start + 50_000, by: 10_000) {
      #expect(rate([part(begin, 600)], at: now) == 12)
    }
    #expect(rate([part(start + 10_000, 300), part(start + 50_000, 300)], at: now) == 12)
  }

  @Test(
    "a steady rate is told as it is at each moment of a part",
    arguments: Array(Int64(0)..<12))
  func steady(_ step: Int64) {
    let now = start + 300_000 + step * 900
    // What is closed: a second after its end.
    let counts = stride(from: start, to: start + 400_000, by: 10_000)
      .filter { $0 >= now - 60_000 && $0 + 11_000 <= now }.map { part($0, 200) }
    #expect(abs(rate(counts, at: now) - 20) < 0.01)
  }

  @Test("a gateway that has just started has not seen the whole window")
  func young() {
    #expect(rate([part(start, 100)], at: start + 12_000, since: start + 5_000) == 20)
    #expect(rate([part(start, 100)], span: 3_600_000, at: start + 12_000, since: start) == 10)
    #expect(rate([], at: start) == 0)
  }
}
