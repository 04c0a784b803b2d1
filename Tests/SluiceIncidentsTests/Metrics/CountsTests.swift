import SluiceCore
import Testing

@testable import SluiceIncidents

@Suite("Counts for the metrics")
struct CountsTests {
  @Test("a time lies within the bound that it reaches, and above the one before")
  func bounds() {
    let bounds = DurationHistogram.boundsMilliseconds
    #expect(bounds == bounds.sorted() && bounds.count == DurationHistogram.count - 1)
    for (index, bound) in bounds.enumerated() {
      var histogram = DurationHistogram()
      histogram.add(nanoseconds: bound * 1_000_000)
      histogram.add(nanoseconds: bound * 1_000_000 + 1)
      #expect(histogram.cumulative[index] == 1, "\(bound) ms")
      #expect(index == 0 || histogram.cumulative[index - 1] == 0)
      #expect(histogram.cumulative[index + 1] == 2)
      #expect(histogram.total == UInt64(bound) * 2_000_000 + 1)
    }
  }

  @Test("sums of histograms are histograms of sums, and a clock that goes back counts as nothing")
  func sums() {
    var (left, right, all) = (DurationHistogram(), DurationHistogram(), DurationHistogram())
    for (index, time) in [-5, 0, 1_000_000, 7_000_000, 2_000_000_000, 99_000_000_000].enumerated() {
      all.add(nanoseconds: Int64(time))
      index.isMultiple(of: 2) ? left.add(nanoseconds: Int64(time)) : right.add(nanoseconds: Int64(time))
    }
    left.add(right)
    #expect(left == all && all.count == 6)
    #expect(all.total == 101_008_000_000)
  }

  @Test("a status has its own name, one that is not registered that of its class")
  func statuses() {
    var counts = StatusCounts()
    for status: UInt16 in [200, 200, 404, 499, 520, 599, 299, 0, 99, 600, 999, .max, 100, 511] { counts.add(status) }
    let seen = Dictionary(uniqueKeysWithValues: counts.seen.map { ($0.name, $0.count) })
    #expect(
      seen == ["200": 2, "404": 1, "499": 1, "5xx": 5, "2xx": 1, "none": 2, "100": 1, "511": 1])
    #expect(counts.count == 14)
    for status: UInt16 in 100..<600 {
      var one = StatusCounts()
      one.add(status)
      #expect(one.seen.count == 1)
      #expect(one.seen[0].name == "\(status)" || one.seen[0].name == "\(status / 100)xx")
    }
  }

  @Test("a cause keeps the incident that began last, whichever worker had it")
  func examples() {
    let (early, late) = (ExchangeID(high: 1, low: 1), ExchangeID(high: 2, low: 2))
    var (left, right) = (CauseCounts(), CauseCounts())
    left.add(.connectRefused, example: late, at: 20)
    right.add(.connectRefused, example: early, at: 10)
    right.add(.rateLimited)
    left.add(right)
    #expect(left.seen.map(\.cause) == [.connectRefused, .rateLimited])
    #expect(left[.connectRefused] == 2 && left[.rateLimited] == 1 && left[.proxyBug] == 0)
    #expect(left.seen[0].entry.example == late && left.seen[1].entry.example == nil)
  }

  @Test("a route counts its exchanges, and their causes where there are some")
  func routes() {
    var counts = RouteCounts()
    counts.add(status: 502, total: .milliseconds(3), received: 10, sent: 20)
    counts.add(.connectRefused, of: ExchangeID(high: 1, low: 1), at: 5)
    counts.add(status: 404, total: .milliseconds(3), received: 1, sent: 2)
    counts.add(.routeNotFound, of: ExchangeID(high: 2, low: 2), at: 6)
    #expect(counts.bytesReceived == 11 && counts.bytesSent == 22)
    #expect(counts.causes.seen.map(\.entry.example) == [nil, ExchangeID(high: 1, low: 1)])
    var twice = counts
    twice.add(counts)
    #expect(twice.statuses.count == 4 && twice.durations.count == 4 && twice.causes[.routeNotFound] == 2)
  }

  @Test("attempts, waits and retries add up over workers")
  func attempts() {
    var endpoint = EndpointCounts()
    endpoint.add(isReused: true, firstByte: 500, cause: nil)
    endpoint.add(isReused: false, firstByte: -1, cause: .connectRefused)
    endpoint.addOpened()
    endpoint.idle = 1
    let one = endpoint
    endpoint.add(one)
    #expect(endpoint.attempts == 4 && endpoint.reused == 2 && endpoint.responses == 2 && endpoint.responseTime == 1_000)
    #expect(endpoint.causes[.connectRefused] == 2 && endpoint.opened == 2 && endpoint.idle == 2)
    var upstream = UpstreamCounts()
    upstream.addRetry(after: .connectRefused)
    upstream.addRetry(after: .staleKeepalive)
    upstream.addNotRetried(.budget)
    upstream.addWait(.milliseconds(5))
    upstream.addConnection(resolve: -1, connect: 100, handshake: -1)
    upstream.addResponse(microseconds: -1)
    let other = upstream
    upstream.add(other)
    #expect(upstream.retries(after: .unsent) == 2 && upstream.retries(after: .reusedUnanswered) == 2)
    #expect(upstream.retries(after: .possiblyProcessed) == 0 && upstream.notRetried(.budget) == 2)
    #expect(upstream.waits.count == 2 && upstream.connects.count == 2)
    #expect(upstream.resolves.count == 0 && upstream.handshakes.count == 0 && upstream.responses.count == 0)
  }

  @Test("every reason has a place of its own")
  func places() {
    for reason in NotRetried.allCases {
      var counts = UpstreamCounts()
      counts.addNotRetried(reason)
      #expect(NotRetried.allCases.filter { counts.notRetried($0) > 0 } == [reason])
    }
  }

  @Test("a label is cut between characters, and only where it is too long")
  func labels() {
    #expect(MetricsLimits.label("api") == "api")
    let long = String(repeating: "ü", count: 200)
    #expect(MetricsLimits.label(long) == String(repeating: "ü", count: 128))
    #expect(MetricsLimits.label("x" + long).utf8.count == 255)
    #expect(RouteName(route: long, upstream: long).upstream.utf8.count == MetricsLimits.labelBytesMax)
  }
}
