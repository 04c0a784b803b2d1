import SluiceCore
import Testing

@testable import SluiceIncidents

@Suite(.timeLimit(.minutes(1))) struct StoredTrafficTests {
  private let folder = StoreFolder()
  private let clock = HandClock()

  private func count(at time: Int64, _ upstream: String = "api", endpoint: String? = nil) -> TrafficCount {
    var counter = TrafficCounter()
    counter.add(.fine, firstByte: 12_000)
    counter.add(.gatewayFailed, firstByte: -1)
    return TrafficCount(counter, time: time, span: 10_000, upstream: upstream, endpoint: endpoint)
  }

  @Test func itComesBackInTheOrderOfTimeAndByPlace() async throws {
    let writer = IncidentWriter(folder, clock: clock)
    let start = clock.now
    writer.note([count(at: start), count(at: start, "web"), count(at: start, endpoint: "http://127.0.0.1:3000")])
    writer.note([count(at: start + 10_000)])
    #expect(writer.stop(within: .seconds(10)))
    let reader = try IncidentReader(path: folder.store)
    #expect(try reader.traffic(upstream: "api", since: start) == [count(at: start), count(at: start + 10_000)])
    #expect(try reader.traffic(upstream: "api", since: start + 1) == [count(at: start + 10_000)])
    #expect(try reader.traffic(upstream: "api", endpoint: "http://127.0.0.1:3000", since: 0).count == 1)
    #expect(try reader.traffic(upstream: "other", since: 0).isEmpty)
  }

  @Test func whatIsOlderThanADayGoes() async throws {
    let writer = IncidentWriter(folder, clock: clock)
    writer.note([count(at: clock.now - StoreConnection.trafficAge - 1), count(at: clock.now)])
    #expect(writer.stop(within: .seconds(10)))
    let connection = try StoreConnection(StoreFile(folder.store), bounds: StoreBounds()) { false }
    try connection.removeOld(at: clock.now)
    connection.close()
    let reader = try IncidentReader(path: folder.store)
    #expect(try reader.traffic(upstream: "api", since: 0).map(\.time) == [clock.now])
  }
}
