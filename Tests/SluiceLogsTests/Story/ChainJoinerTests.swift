import SluiceCore
import Testing

@testable import SluiceLogs

@Suite("One request in the logs of two proxies")
struct ChainJoinerTests {
  private func joined(_ entries: [LogEntry]) -> [FailedRequest] {
    var joiner = ChainJoiner()
    return entries.flatMap { joiner.take(FailedRequest($0)) } + joiner.finish()
  }

  private let outer = Made.access(502, at: 5.2, cause: .upstreamStatus, product: .envoy, source: 2) {
    $0.upstreamStatus = 502
  }
  private let inner = Made.access(502, at: 5.1, cause: .connectRefused)

  @Test("the inner proxy's cause is the root, whichever line comes first")
  func root() {
    for failures in [joined([outer, inner]), joined([inner, outer])] {
      #expect(failures.map(\.cause) == [.connectRefused])
      #expect(failures.first?.outer == .envoy)
      #expect(failures.first?.product == .nginx)
    }
  }

  @Test("another path, status or time is another request")
  func others() {
    for other in [
      Made.access(502, at: 5.1, cause: .connectRefused) { $0.path = "/b" },
      Made.access(503, at: 5.1, cause: .connectRefused),
      Made.access(502, at: 9, cause: .connectRefused),
    ] {
      #expect(joined([outer, other]).count == 2)
    }
  }

  @Test("a request ID joins what lies further apart")
  func identified() {
    var (far, near) = (outer, inner)
    far.requestID = "r1"
    near.requestID = "r1"
    near.path = "/internal/a"
    #expect(joined([near, far]).count == 1)
  }

  @Test("an inner failure is taken for one outer line only")
  func once() {
    #expect(joined([inner, outer, outer]).count == 2)
  }

  @Test("two requests of one proxy are two")
  func same() {
    let other = Made.access(502, at: 5.1, cause: .upstreamStatus) { $0.upstreamStatus = 502 }
    #expect(joined([inner, other]).count == 2)
  }

  @Test("failures that were held before the first line of a second log are found by it")
  func lateLog() {
    let before = (0..<50).map { number in
      Made.access(502, at: 5.1, cause: .connectRefused) { $0.path = "/\(number)" }
    }
    let failures = joined(before + [inner, outer])
    #expect(failures.count == 51)
    #expect(failures.filter { $0.outer == .envoy }.map(\.path) == [inner.path])
  }

  @Test("what is held is let go in time, also where another line changed its end")
  func released() {
    var joiner = ChainJoiner()
    let entries = [inner, outer, Made.access(502, at: 8, cause: .connectRefused) { $0.path = "/b" }]
    #expect(entries.flatMap { joiner.take(FailedRequest($0)) }.isEmpty)
    let late = joiner.take(FailedRequest(Made.access(502, at: 11, cause: .connectRefused) { $0.path = "/c" }))
    #expect(late.map(\.outer) == [.envoy])
  }

  @Test("the bound lets the oldest go")
  func bound() {
    var joiner = ChainJoiner()
    var given = 0
    for index in 0..<(ChainJoiner.heldMax + 10) {
      given += joiner.take(FailedRequest(Made.access(502, at: 5) { $0.path = "/\(index)" })).count
    }
    #expect(given == 10)
  }
}
