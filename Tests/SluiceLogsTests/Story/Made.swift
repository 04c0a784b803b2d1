import SluiceCore
import SluiceDiagnosis

@testable import SluiceLogs

/// Entries made up for the story: whatever a test does not name is as in most lines.
enum Made {
  /// Unix time in milliseconds: 26 November 2026, 20:00 UTC.
  static let start: Int64 = 1_795_723_200_000

  static func at(_ seconds: Double) -> Int64 { start + Int64(seconds * 1000) }

  /// An error line of nginx, or of what `product` says.
  static func error(
    _ cause: Cause, at seconds: Double, endpoint: String? = "10.0.0.1:80", upstream: String? = nil,
    product: LogProduct = .nginx, or alternatives: [Cause] = [], sure: Sureness = .certain, source: Int = 0,
    set: (inout LogEntry) -> Void = { _ in }
  ) -> LogEntry {
    var entry = LogEntry(
      product: product, kind: .failure, place: LinePlace(source: source, file: 0, line: Int(seconds * 10) + 1),
      time: at(seconds), text: "\(cause.identifier) at \(seconds)")
    entry.conclusion = LineConclusion(signature: "N00", cause: cause, alternatives: alternatives, sure: sure)
    entry.endpoint = endpoint
    entry.upstream = upstream
    entry.method = "GET"
    entry.path = "/a"
    entry.client = "192.0.2.1"
    set(&entry)
    return entry
  }

  /// A line of an access log; with a cause where the format concludes one from it.
  static func access(
    _ status: UInt16?, at seconds: Double, cause: Cause? = nil, endpoint: String? = nil, upstream: String? = nil,
    product: LogProduct = .nginx, or alternatives: [Cause] = [], sure: Sureness = .certain, source: Int = 1,
    set: (inout LogEntry) -> Void = { _ in }
  ) -> LogEntry {
    var entry = LogEntry(
      product: product, kind: .request, place: LinePlace(source: source, file: 0, line: Int(seconds * 10) + 1),
      time: at(seconds), text: "\(status ?? 0) at \(seconds)")
    entry.status = status
    entry.conclusion = cause.map {
      LineConclusion(signature: "N00", cause: $0, alternatives: alternatives, sure: sure)
    }
    entry.endpoint = endpoint
    entry.upstream = upstream
    entry.method = "GET"
    entry.path = "/a"
    entry.client = "192.0.2.1"
    set(&entry)
    return entry
  }

  static func event(
    _ kind: LogEvent.Kind, at seconds: Double, endpoint: String? = nil, upstream: String? = nil, cause: Cause? = nil,
    product: LogProduct = .nginx, detail: String? = nil
  ) -> LogEntry {
    var entry = LogEntry(
      product: product, kind: .event, place: LinePlace(source: 0, file: 0, line: Int(seconds * 10) + 1),
      time: at(seconds), text: "\(kind.rawValue) at \(seconds)")
    entry.event = LogEvent(kind, upstream: upstream, endpoint: endpoint, cause: cause, detail: detail)
    return entry
  }

  static let input = StoryInput(
    lines: 100, recognised: 90, bytes: 5000,
    logs: [
      LogSource(files: ["error.log"], formats: ["nginx-error"], lines: 50, recognised: 50, first: nil, last: nil),
      LogSource(files: ["access.log"], formats: ["nginx-combined"], lines: 50, recognised: 40, first: nil, last: nil),
      LogSource(files: ["other.log"], formats: ["haproxy-http"], lines: 0, recognised: 0, first: nil, last: nil),
    ])

  static func report(_ entries: [LogEntry], tally: TrafficTally? = nil) -> LogReport {
    var story = LogStory()
    for entry in entries { story.take(entry) }
    if let tally { story.take(tally) }
    return story.report(input)
  }

  /// Requests in slots of 10 seconds.
  static func tally(
    from seconds: Int64, through last: Int64, each requests: Int, failed: Int = 0, endpoint: String? = nil,
    upstream: String? = nil, product: LogProduct = .nginx, into tally: TrafficTally = TrafficTally()
  ) -> TrafficTally {
    var tally = tally
    let slots = stride(from: start / 1000 + seconds, through: start / 1000 + last, by: 10)
    for slot in slots {
      let key = TrafficTally.Key(slot: slot - slot % 10, product: product, upstream: upstream, endpoint: endpoint)
      tally.counts[key, default: TrafficTally.Count()].requests += requests
      tally.counts[key, default: TrafficTally.Count()].failed += failed
      tally.requests += requests
      tally.statuses[200, default: 0] += requests - failed
      if failed > 0 { tally.statuses[502, default: 0] += failed }
    }
    return tally
  }
}
