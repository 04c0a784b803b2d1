import SluiceCore
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite("The texts of the metrics")
struct MetricsTextTests {
  private func text(_ reading: MetricsReading, _ format: MetricsFormat = .prometheus) -> String {
    String(decoding: MetricsText.write(reading, as: format), as: UTF8.self)
  }

  private var reading: MetricsReading {
    var reading = MetricsReading()
    var route = RouteCounts()
    route.add(status: 502, total: .milliseconds(3), received: 7, sent: 11)
    route.add(.connectRefused, of: ExchangeID(high: 0, low: 1), at: 1_700_000_000_007)
    reading.gateway.routes[RouteName(route: "a\"b\\c\nd\re", upstream: "app")] = route
    var endpoint = EndpointCounts()
    endpoint.add(isReused: true, firstByte: 1_500, cause: nil)
    reading.gateway.endpoints[EndpointName(upstream: "app", endpoint: "http://a")] = endpoint
    reading.version = "1.2"
    return reading
  }

  @Test("values, bounds and sums of Prometheus' text")
  func prometheus() {
    let text = text(reading)
    let name = #"route="a\"b\\c\nd"# + "\re\",upstream=\"app\""
    for line in [
      "# TYPE sluice_requests_total counter", "sluice_requests_total{\(name),status=\"502\"} 1",
      "# TYPE sluice_request_duration_seconds histogram",
      "sluice_request_duration_seconds_bucket{\(name),le=\"0.002\"} 0",
      "sluice_request_duration_seconds_bucket{\(name),le=\"0.005\"} 1",
      "sluice_request_duration_seconds_bucket{\(name),le=\"+Inf\"} 1",
      "sluice_request_duration_seconds_sum{\(name)} 0.003", "sluice_request_duration_seconds_count{\(name)} 1",
      "sluice_received_bytes_total{\(name)} 7", "sluice_sent_bytes_total{\(name)} 11",
      "sluice_failures_total{\(name),cause=\"connect_refused\",who=\"application\"} 1",
      "# TYPE sluice_endpoint_response_seconds summary",
      "sluice_endpoint_response_seconds_sum{upstream=\"app\",endpoint=\"http://a\"} 0.0015",
      "sluice_endpoint_response_seconds_count{upstream=\"app\",endpoint=\"http://a\"} 1",
      "# TYPE sluice_build_info gauge", "sluice_build_info{version=\"1.2\"} 1", "sluice_draining 0",
    ] {
      #expect(text.contains(line + "\n"), "\(line)")
    }
    #expect(!text.contains("# EOF") && !text.contains("# UNIT") && !text.contains("} 1 #"))
    #expect(text.hasSuffix("\n") && !text.contains("\n\n"))
  }

  @Test("what OpenMetrics has beyond that")
  func openMetrics() {
    let text = text(reading, .openMetrics)
    for line in [
      "# TYPE sluice_requests counter", "# TYPE sluice_received_bytes counter",
      "# UNIT sluice_received_bytes bytes", "# UNIT sluice_request_duration_seconds seconds",
      "# TYPE sluice_build info", "sluice_build_info{version=\"1.2\"} 1",
    ] {
      #expect(text.contains(line + "\n"), "\(line)")
    }
    let exemplar = " 1 # {incident=\"00000000000000000000000001\"} 1 1700000000.007\n"
    #expect(text.contains("cause=\"connect_refused\",who=\"application\"}" + exemplar))
    #expect(text.components(separatedBy: "incident=").count == 2)
    #expect(text.hasSuffix("\n# EOF\n"))
  }

  @Test("a reading of nothing is a text as well")
  func empty() {
    #expect(text(MetricsReading()).contains("sluice_workers 0\n"))
    #expect(text(MetricsReading(), .openMetrics).hasSuffix("# EOF\n"))
  }

  @Test("two webhooks of one place are one series")
  func webhooks() {
    var reading = MetricsReading()
    var counters = AlertCounters()
    counters.delivered = 2
    counters.expired = 1
    reading.alerts = [("https://a", counters), ("https://a", counters), ("https://b", counters)]
    let lines = text(reading).split(separator: "\n").filter { $0.hasPrefix("sluice_alert_messages_total{") }
    #expect(lines.contains("sluice_alert_messages_total{webhook=\"https://a\",outcome=\"delivered\"} 4"))
    #expect(lines.count == 4)
    #expect(text(reading).contains("sluice_alert_events_lost_total{webhook=\"https://b\",reason=\"expired\"} 1\n"))
  }

  @Test("numbers that are none have the names of the formats")
  func numbers() {
    #expect(MetricsText.text(.nan) == "NaN" && MetricsText.text(-.infinity) == "-Inf")
    #expect(MetricsText.text(1_700_000_000.5) == "1700000000.5" && MetricsText.text(0.0005) == "0.0005")
  }

  @Test("names and labels are as Prometheus' conventions want them")
  func names() {
    #expect(Set(MetricFamily.all.map(\.name)).count == MetricFamily.all.count)
    #expect(Set(MetricFamily.all.map(\.stem)).count == MetricFamily.all.count)
    for family in MetricFamily.all {
      #expect(family.name.wholeMatch(of: /(sluice|process)_[a-z0-9]+(_[a-z0-9]+)*/) != nil, "\(family.name)")
      #expect((family.kind == .counter) == family.name.hasSuffix("_total"), "\(family.name)")
      #expect((family.kind == .info) == family.name.hasSuffix("_info"), "\(family.name)")
      for suffix in ["_bucket", "_count", "_sum", "_created"] { #expect(!family.stem.hasSuffix(suffix)) }
      #expect(family.labels.allSatisfy { $0.wholeMatch(of: /[a-z]+/) != nil && $0 != "le" && $0 != "quantile" })
      #expect(family.help.hasSuffix(".") && !family.help.contains("|"), "\(family.name)")
    }
  }

  @Test("every sample has a value for each label of its family")
  func labels() {
    var reading = reading
    reading.alerts = [("https://a", AlertCounters())]
    reading.gateway.standings[EndpointName(upstream: "app", endpoint: "http://a")] = EndpointReading(
      standing: "ejected")
    reading.gateway.loads = [UpstreamLoadReading(upstream: "app")]
    reading.gateway.upstreams["app"] = UpstreamCounts()
    reading.gateway.openingFailures = ["handshake_timeout": 1]
    for family in MetricFamily.all {
      for sample in family.samples(reading) { #expect(sample.labels.count == family.labels.count, "\(family.name)") }
    }
    #expect(text(reading).contains("endpoint=\"http://a\",state=\"ejected\"} 1\n"))
    #expect(text(reading).contains("endpoint=\"http://a\",state=\"healthy\"} 0\n"))
  }
}
