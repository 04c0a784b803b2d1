import Foundation
import SluiceLab
import TestSupport
import Testing

@testable import SluiceAdmin

extension Integration {
  /// What `/metrics` tells, against what clients saw, and as programs of others read it.
  @Suite(.timeLimit(.minutes(2))) struct MetricsTests {
    private static let paths = [
      "/app/ok", "/app/status/404", "/app/status/503", "/half/ok", "/dead/x", "/nowhere",
    ]

    /// The scrape once everything that clients saw is in it.
    private func settled(_ gateway: MeasuredGateway, requests: Double) async throws -> Scrape {
      var last = try await gateway.scrape()
      _ = try await eventually {
        last = try await gateway.scrape()
        return last.sum("sluice_requests_total") == requests
      }
      return last
    }

    private func expect(_ scrape: Scrape, saw clients: ClientTally.Counts, _ names: [String: String]) {
      for (path, statuses) in clients.statuses {
        let route = names[path] ?? path
        for (status, count) in statuses {
          #expect(
            scrape.sum("sluice_requests_total", ["route": route, "status": status]) == count, "\(path) \(status)")
        }
        let all = statuses.values.reduce(0, +)
        #expect(scrape.sum("sluice_requests_total", ["route": route]) == all)
        #expect(scrape.sum("sluice_request_duration_seconds_count", ["route": route]) == all)
      }
      #expect(scrape.sum("sluice_received_bytes_total") == clients.sent)
      #expect(scrape.sum("sluice_sent_bytes_total") == clients.received)
    }

    private static let names = ["/app": MeasuredGateway.oddName, "/nowhere": "none"]

    @Test func everyRequestIsCountedOnceByTwoWorkersAndAcrossAReload() async throws {
      try await withMeasuredGateway { gateway in
        let clients = ClientTally()
        try await clients.drive(Self.paths, times: 60, port: gateway.port)
        let first = try await settled(gateway, requests: 360)
        expect(first, saw: clients.now, Self.names)
        #expect(first.sum("sluice_failures_total", ["route": "/dead", "cause": "connect_refused"]) == 60)
        #expect(first.sum("sluice_failures_total", ["cause": "upstream_status", "who": "application"]) == 60)
        #expect(first.sum("sluice_failures_total", ["route": "none", "cause": "route_not_found"]) == 60)
        #expect(first.sum("sluice_incidents_total", ["kind": "application"]) == 60)
        #expect(first.sum("sluice_incidents_total", ["kind": "failed"]) == 60)
        #expect(first.sum("sluice_attempts_total", ["upstream": "app"]) == 180)
        // Each attempt that failed was followed by one that did not.
        let failed = first.sum("sluice_attempt_failures_total", ["upstream": "half", "cause": "connect_refused"])
        #expect(failed > 0 && first.sum("sluice_attempts_total", ["upstream": "half"]) == 60 + failed)
        #expect(first.sum("sluice_retries_total", ["upstream": "half", "class": "R0"]) == failed)
        #expect(first.sum("sluice_incidents_total", ["kind": "absorbed"]) == failed)
        let attempts = first.sum("sluice_attempts_total", ["upstream": "app"])
        #expect(
          first.sum("sluice_pool_reused_total", ["upstream": "app"])
            + first.sum("sluice_pool_opened_total", ["upstream": "app"]) == attempts)

        let configuration = gateway.configuration
        let added = "{ path: /new, upstream: app, stripPrefix: true }"
        try configuration.write(
          routes: [added] + configuration.routes.filter { !$0.contains("/half") },
          upstreams: configuration.upstreams.filter { !$0.hasPrefix("half") })
        gateway.reload()
        let isReloaded = try await eventually { try await gateway.scrape().sum("sluice_configuration_generation") == 2 }
        try #require(isReloaded)
        try await clients.drive(["/new/ok", "/app/ok", "/dead/x"], times: 60, port: gateway.port)
        let second = try await settled(gateway, requests: 540)
        expect(second, saw: clients.now, Self.names)
        #expect(second.sum("sluice_reloads_total", ["outcome": "applied"]) == 1)
        // What is known of an endpoint's health ends with it; all else stays.
        let health = ["sluice_health_checks_total", "sluice_ejections_total"]
        for (series, value) in first.growing
        where series.labels["upstream"] != "half" || !health.contains(series.name) {
          #expect(second.values[series] ?? -1 >= value, "\(series) fell from \(value)")
        }
      }
    }

    @Test func aRefusedReloadIsTold() async throws {
      try await withMeasuredGateway { gateway in
        try gateway.configuration.write(routes: ["{ path: /app, upstream: nobody }"], upstreams: [])
        gateway.reload()
        let isTold = try await eventually {
          try await gateway.scrape().sum("sluice_configuration_last_reload_successful") == 0
        }
        #expect(isTold)
        let scrape = try await gateway.scrape()
        #expect(scrape.sum("sluice_reloads_total", ["outcome": "refused"]) == 1)
        #expect(scrape.sum("sluice_configuration_generation") == 1)
      }
    }

    /// Traffic that gives every metric something to tell.
    private func drive(_ gateway: MeasuredGateway) async throws -> ClientTally {
      let clients = ClientTally()
      try await clients.drive(Self.paths + ["/secure/app/ok", "/limited/ok"], times: 12, port: gateway.port)
      return clients
    }

    private func isAllTold(_ scrape: Scrape) -> Bool {
      Set(MetricFamily.all.map(\.name)).isSubset(of: scrape.families)
        && scrape.sum("sluice_health_checks_total", ["outcome": "passed"]) > 0
        && scrape.sum("sluice_problems_open") > 0 && scrape.sum("sluice_alert_tries_failed_total") > 0
    }

    @Test func promtoolFindsNothingAndAnotherDecoderReadsBothTexts() async throws {
      try await withMeasuredGateway { gateway in
        _ = try await drive(gateway)
        var scrape = try await gateway.scrape()
        let isComplete = try await eventually(within: 20) {
          scrape = try await gateway.scrape()
          return isAllTold(scrape)
        }
        #expect(isComplete, "\(Set(MetricFamily.all.map(\.name)).subtracting(scrape.families))")
        #expect(scrape.families.subtracting(MetricFamily.all.map(\.name)).isEmpty)
        #expect(scrape.sum("sluice_endpoint_certificate_expiry_timestamp_seconds") > 1_700_000_000)
        #expect(scrape.sum("sluice_handshakes_total") > 0)

        let text = try await gateway.ask()
        #expect(text["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        let check = try await ToolRun(["promtool", "check", "metrics"], input: text.bodyText)
        #expect(check.status == 0 && check.said.isEmpty, "\(check.said)")

        let open = try await gateway.ask(accept: "application/openmetrics-text; version=1.0.0")
        #expect(open["content-type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8")
        #expect(open.bodyText.hasSuffix("\n# EOF\n"))
        try await ClientProgram.expectGood(
          [
            ClientProgram.python, ClientProgram.script("metrics_client.py"), "--url",
            "http://127.0.0.1:\(gateway.admin)", "--route", MeasuredGateway.oddName,
          ], cases: 5, in: gateway.folder)
      }
    }

    @Test func aRealPrometheusScrapesAndAnswers() async throws {
      try await withMeasuredGateway { gateway in
        let clients = try await drive(gateway)
        let prometheus = try await RunningPrometheus.start(scraping: gateway.admin, in: gateway.folder)
        do {
          let wanted = Double(clients.now.statuses.values.flatMap(\.values).reduce(0, +))
          // One request of `/secure` is one more at the second listener.
          let inner = clients.now.statuses["/secure"]?.values.reduce(0, +) ?? 0
          let isScraped = try await eventually(within: 30) {
            try await prometheus.query("sum(sluice_requests_total)").first?.value == wanted + inner
          }
          let found = try await prometheus.query("sum(sluice_requests_total)")
          #expect(isScraped, "\(found) instead of \(wanted) and \(inner)")
          #expect(try await prometheus.query("up{job=\"sluice\"}").map(\.value) == [1])
          let dead = clients.now.statuses["/dead"] ?? [:]
          let byStatus = try await prometheus.query("sum by (status) (sluice_requests_total{route=\"/dead\"})")
          #expect(Dictionary(uniqueKeysWithValues: byStatus.map { ($0.labels["status"] ?? "", $0.value) }) == dead)
          let odd = try await prometheus.query(
            "sum by (route) (sluice_requests_total{upstream=\"app\", status=\"200\"})")
          #expect(odd.contains { $0.labels["route"] == MeasuredGateway.oddName && $0.value == 12 })
          let quantile = "histogram_quantile(0.5, sum by (le) (sluice_request_duration_seconds_bucket))"
          #expect(try await prometheus.query(quantile).first.map { $0.value > 0 && $0.value < 60 } == true)
          // Its rules are the ones of the repository, and all of them can be evaluated.
          let rules = try await prometheus.rules()
          #expect(rules.count > 15 && rules.allSatisfy { $0.health == "ok" }, "\(rules)")
          // What it keeps beside a failure is an incident that `sluice why` finds.
          let incident = try #require(try await prometheus.exemplars("sluice_failures_total{route=\"/dead\"}").first)
          let why = try await CommandRun(["why", incident, "--store", gateway.store, "--json"])
          #expect(why.status == 0 && why.output.contains("connect_refused"), "\(why.errors)")
        } catch {
          await prometheus.stop()
          throw error
        }
        await prometheus.stop()
      }
    }
  }
}
