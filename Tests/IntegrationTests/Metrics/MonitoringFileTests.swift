import Foundation
import Testing

@testable import SluiceAdmin

extension Integration {
  /// The dashboard and the alert rules of the repository.
  @Suite struct MonitoringFileTests {
    private func text(_ name: String) throws -> String {
      try String(contentsOf: RunningPrometheus.monitoring.appending(path: name), encoding: .utf8)
    }

    private func path(_ name: String) -> String { RunningPrometheus.monitoring.appending(path: name).path }

    /// Names that a scrape has, with what histograms and summaries add to them. That each family is told by a running
    /// gateway is another test's.
    private static let told: Set<String> = Set(
      MetricFamily.all.flatMap { family in
        switch family.kind {
        case .histogram: ["_bucket", "_sum", "_count"].map { family.name + $0 }
        case .summary: ["_sum", "_count"].map { family.name + $0 }
        case .counter, .gauge, .info: [family.name]
        }
      })

    private func names(in text: String) throws -> Set<String> {
      let regex = try Regex(#"\b(?:sluice|process)_[a-z0-9_]+"#)
      return Set(text.matches(of: regex).map { String(text[$0.range]) })
    }

    @Test(arguments: ["sluice-rules.yml", "sluice-rules-test.yml"])
    func rulesUseMetricsThatExist(file: String) throws {
      let names = try names(in: text(file))
      #expect(names.count > 15)
      #expect(names.subtracting(Self.told) == [])
    }

    /// Every expression of the dashboard, and every metric in one of them.
    @Test func theDashboardUsesMetricsThatExistAndShowsAll() throws {
      var expressions: [String] = []
      func collect(_ value: Any) {
        if let array = value as? [Any] { array.forEach(collect) }
        guard let object = value as? [String: Any] else { return }
        for (key, value) in object {
          if ["expr", "definition"].contains(key), let text = value as? String { expressions.append(text) }
          collect(value)
        }
      }
      collect(try JSONSerialization.jsonObject(with: Data(text("sluice-dashboard.json").utf8)))
      #expect(expressions.count > 50)
      let used = try names(in: expressions.joined(separator: "\n"))
      #expect(used.subtracting(Self.told) == [])
      // Nothing of interest is told and never shown.
      let hidden = MetricFamily.all.map(\.name).filter { name in !used.contains { $0.hasPrefix(name) } }
      #expect(
        Set(hidden) == [
          "sluice_requests_active", "sluice_excess_bytes_total", "sluice_configuration_timestamp_seconds",
          "sluice_configuration_last_reload_successful", "sluice_metrics_names_left_out",
          "sluice_span_memory_bytes", "process_virtual_memory_bytes",
        ])
    }

    @Test func panelsHaveNumbersOfTheirOwnAndDoNotOverlap() throws {
      struct Dashboard: Decodable {
        struct Panel: Decodable {
          struct Place: Decodable { var x, y, w, h: Int }
          var id: Int
          var gridPos: Place
        }
        var panels: [Panel]
      }
      let dashboard = try JSONDecoder().decode(Dashboard.self, from: Data(text("sluice-dashboard.json").utf8))
      #expect(Set(dashboard.panels.map(\.id)).count == dashboard.panels.count)
      var taken: Set<[Int]> = []
      for panel in dashboard.panels {
        #expect(panel.gridPos.x + panel.gridPos.w <= 24)
        for x in panel.gridPos.x..<(panel.gridPos.x + panel.gridPos.w) {
          for y in panel.gridPos.y..<(panel.gridPos.y + panel.gridPos.h) {
            #expect(taken.insert([x, y]).inserted, "panel \(panel.id)")
          }
        }
      }
    }

    @Test func promtoolAcceptsTheRulesAndTheirTests() async throws {
      let check = try await ToolRun(["promtool", "check", "rules", path("sluice-rules.yml")])
      #expect(check.status == 0 && check.said.contains("SUCCESS"), "\(check.said)")
      let test = try await ToolRun(["promtool", "test", "rules", path("sluice-rules-test.yml")])
      #expect(test.status == 0 && test.said.contains("SUCCESS"), "\(test.said)")
      let configuration = try await ToolRun(["promtool", "check", "config", path("prometheus.yml")])
      #expect(configuration.status == 0, "\(configuration.said)")
    }

    @Test func everyAlertIsTestedAndSaysWhatToDo() throws {
      let (rules, tests) = try (text("sluice-rules.yml"), text("sluice-rules-test.yml"))
      let alerts = rules.matches(of: /- alert: (\w+)/).map { String($0.output.1) }
      #expect(alerts.count > 15 && Set(alerts).count == alerts.count)
      for alert in alerts { #expect(tests.contains("alertname: \(alert)\n"), "\(alert) is not tested") }
      for part in rules.components(separatedBy: "- alert: ").dropFirst() {
        for key in ["severity: ", "summary: ", "description: "] { #expect(part.contains(key), "\(part.prefix(30))") }
      }
    }
  }
}
