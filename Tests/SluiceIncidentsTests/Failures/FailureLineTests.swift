import SluiceCore
import SluiceIncidents
import SluiceWire
import Testing

@Suite struct FailureLineTests {
  @Test func aRefusedConnectionIsToldInOneLine() {
    var sample = Sample()
    sample.refused()
    #expect(
      sample.failureLine()
        == "502 connect_refused GET api.example.com/v1/orders -> api http://127.0.0.1:3001 (127.0.0.1:3001): "
        + "The endpoint's machine refused the connection: nothing listens on that port (ECONNREFUSED), "
        + "not retried: no_other_endpoint, 1.234 ms, id \(sample.record.id)\n")
  }

  @Test func aMalformedRequestNamesItsRule() {
    var sample = Sample()
    sample.record.cause = .requestHostInvalid
    sample.record.rule = .hostMissing
    sample.record.upstream = .max
    sample.record.status = 400
    #expect(sample.failureLine().contains("(RFC 9112 3.2), 1.234 ms"))
  }

  @Test func aConnectionWithoutARequestNamesItsClient() {
    var sample = Sample()
    sample.record.method = .empty
    sample.record.path = .empty
    sample.record.upstream = .max
    sample.record.cause = .requestHeadTimeout
    #expect(sample.failureLine().hasPrefix("200 request_head_timeout from 192.0.2.7:5555: "))
  }

  @Test func noRequestReachesTheTerminalUnescaped() {
    var sample = Sample()
    sample.refused()
    sample.record.path = sample.text("/\u{1b}[2J\n502 forged ü\\x")
    let line = sample.failureLine()
    #expect(line.contains("/\\x1b[2J\\x0a502\\x20forged\\x20\\xc3\\xbc\\x5cx"))
    #expect(line.utf8.filter { $0 == 0x0A }.count == 1)
    #expect(line.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
  }

  @Test func anExchangeWithoutACauseIsNotTold() {
    #expect(!FailureLine.isTold(Sample().record))
    #expect(Sample().failureLine().isEmpty)
  }
}

@Suite struct FailureLineLimiterTests {
  @Test func tenLinesOfACauseASecondAreWrittenAndTheRestCounted() {
    var limiter = FailureLineLimiter()
    let start = Instant(nanoseconds: 5)
    let verdicts = (0..<25).map { limiter.admit(.connectRefused, at: start + .milliseconds($0 * 10)) }
    #expect(verdicts.prefix(10).allSatisfy { $0 == .write })
    #expect(verdicts.dropFirst(10).allSatisfy { $0 == .hold })
    #expect(limiter.admit(.connectTimeout, at: start) == .write)
    #expect(limiter.admit(.connectRefused, at: start + .seconds(1)) == .writeAfter(held: 15))
    #expect(limiter.due(at: start + .seconds(9)).isEmpty)
  }

  @Test func aCountThatNoLineFollowsIsDueOnceWhenItsSecondIsOver() {
    var limiter = FailureLineLimiter()
    let start = Instant(nanoseconds: 0)
    for _ in 0..<12 { _ = limiter.admit(.notHttp, at: start) }
    #expect(limiter.due(at: start + .milliseconds(999)).isEmpty)
    #expect(limiter.due(at: start + .seconds(1)) == [.init(cause: .notHttp, count: 2)])
    #expect(limiter.due(at: start + .seconds(1)).isEmpty)
    #expect(limiter.admit(.notHttp, at: start + .seconds(1)) == .write)
  }
}
