import SluiceCore
import SluiceIncidents
import Testing

@testable import SluiceGateway

@Suite("Counts of traffic over time")
struct TrafficLogTests {
  private let api = TrafficLog.Place(upstream: "api")

  private func counter(_ requests: Int) -> TrafficCounter {
    var counter = TrafficCounter()
    for _ in 0..<requests { counter.add(.fine, firstByte: 1_000) }
    return counter
  }

  @Test("the parts of all workers are one, closed when all have had their turn")
  func parts() {
    let log = TrafficLog()
    #expect(log.start(of: 29_999) == 20_000)
    log.add([(api, counter(3))], start: 20_000)
    log.add([(api, counter(4))], start: 20_000)
    #expect(log.due(at: 30_999).isEmpty)
    let counts = log.due(at: 31_000)
    #expect(counts.map(\.requests) == [7])
    #expect(counts.first?.time == 20_000 && counts.first?.span == 10_000)
    #expect(log.due(at: 31_000).isEmpty)
    #expect(log.counts(of: api, since: 20_000) == counts)
    #expect(log.counts(of: api, since: 20_001).isEmpty)
  }

  @Test("an hour is remembered, and the end closes what is open")
  func memory() {
    let log = TrafficLog()
    for part in 0..<500 {
      let start = Int64(part) * 10_000
      log.add([(api, counter(1))], start: start)
      _ = log.due(at: start + 11_000)
    }
    #expect(log.counts(of: api, since: 0).count == 361)
    log.add([(api, counter(2))], start: 5_000_000)
    #expect(log.due(at: nil).map(\.requests) == [2])
  }

  @Test("endpoints beyond the bound are left out, upstreams are not")
  func bound() {
    let log = TrafficLog()
    let endpoints = (0..<500).map { (TrafficLog.Place(upstream: "api", endpoint: "http://10.0.0.\($0)"), counter(1)) }
    log.add([(api, counter(500))] + endpoints, start: 0)
    let counts = log.due(at: nil)
    #expect(counts.count == TrafficLog.placesMax)
    #expect(counts.contains { $0.endpoint == nil && $0.requests == 500 })
  }

  @Test("a clock that was set back does not leave a part open for ever")
  func setBack() {
    let log = TrafficLog()
    log.add([(api, counter(1))], start: 100_000)
    #expect(log.due(at: 50_000).count == 1)
  }

  @Test("clients and ourselves are no failures of the upstream")
  func outcomes() {
    #expect(TrafficCounter.Outcome(nil, status: 404) == .fine)
    #expect(TrafficCounter.Outcome(nil, status: 500) == .applicationFailed)
    #expect(TrafficCounter.Outcome(.upstreamStatus, status: 502) == .applicationFailed)
    #expect(TrafficCounter.Outcome(.connectRefused, status: 502) == .gatewayFailed)
    #expect(TrafficCounter.Outcome(.clientAborted, status: 499) == nil)
    #expect(TrafficCounter.Outcome(.proxyDraining, status: 503) == nil)
  }
}
