import SluiceConfiguration
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite("Which text of the metrics is told to whom")
struct MetricsFormatTests {
  @Test(
    "the client's choice",
    arguments: [
      (nil, MetricsFormat.prometheus), ("", .prometheus), ("*/*", .prometheus), ("text/html", .prometheus),
      ("application/openmetrics-text", .openMetrics),
      ("application/openmetrics-text; version=1.0.0; charset=utf-8", .openMetrics),
      // What Prometheus sends.
      (
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
          + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1", .openMetrics
      ),
      ("application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5", .prometheus),
      ("application/openmetrics-text;version=2.0.0", .prometheus),
      ("Application/OpenMetrics-Text;Q=0.4, Text/Plain;q=0.5", .prometheus),
      ("application/openmetrics-text;q=0", .prometheus),
      ("text/plain;q=0.3, application/openmetrics-text;version=\"1.0.0\";q=0.4", .openMetrics),
      (";;,,q=1", .prometheus),
    ] as [(String?, MetricsFormat)])
  func choice(accept: String?, format: MetricsFormat) {
    #expect(MetricsFormat(accept: accept) == format)
  }

  @Test("at /metrics, behind the token where there is one")
  func route() async {
    var source = AdminSource.sample()
    source.metrics = {
      var reading = MetricsReading()
      reading.version = "1.2"
      return reading
    }
    let table = AdminTable(source, AdminPulse(source))
    let open = AdminConfiguration(host: "127.0.0.1", port: 9180)
    let guarded = AdminConfiguration(host: "10.0.0.5", port: 9180, token: Secret("0123456789abcdef"))
    var request = AdminRequest(method: "GET", path: "/metrics")
    request.host = "localhost"
    let answer = await table.answer(request, open)
    #expect(answer.status == 200 && answer.contentType == MetricsFormat.prometheus.contentType)
    #expect(answer.fields == [.init(name: "Vary", value: "Accept")])
    #expect(String(decoding: answer.body, as: UTF8.self).contains("sluice_build_info{version=\"1.2\"} 1\n"))
    request.accept = "application/openmetrics-text"
    #expect(await table.answer(request, open).contentType == MetricsFormat.openMetrics.contentType)
    #expect(await table.answer(request, guarded).status == 401)
    request.authorization = "Bearer 0123456789abcdef"
    #expect(await table.answer(request, guarded).status == 200)
  }
}
