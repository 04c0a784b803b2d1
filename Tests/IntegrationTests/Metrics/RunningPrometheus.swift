import Foundation
import TestSupport
import Testing

/// A Prometheus of its own for one test: on a free port, with its data in the test's folder and the repository's rules.
struct RunningPrometheus: Sendable {
  struct Value: Equatable, Sendable {
    var labels: [String: String]
    var value: Double
  }

  struct RuleState: Sendable {
    var name: String
    var health: String
  }

  private let port: Int
  private let process: RunningProcess

  static let monitoring = URL(fileURLWithPath: #filePath).appending(path: "../../../../monitoring").standardizedFileURL

  /// Its configuration is the repository's, with another address and shorter times.
  static func start(scraping admin: Int, in folder: TestFolder) async throws -> RunningPrometheus {
    let port = try listenPort()
    let example = try String(contentsOf: monitoring.appending(path: "prometheus.yml"), encoding: .utf8)
    try #require(example.contains("127.0.0.1:9180") && example.contains("[sluice-rules.yml]"))
    let configuration = example.replacing("127.0.0.1:9180", with: "127.0.0.1:\(admin)")
      .replacing("[sluice-rules.yml]", with: "['\(monitoring.path)/sluice-rules.yml']")
      .replacing("interval: 15s", with: "interval: 1s")
    let file = folder.file("prometheus.yml")
    try configuration.write(toFile: file, atomically: true, encoding: .utf8)
    let process = try RunningProcess(
      [
        "prometheus", "--config.file=\(file)", "--web.listen-address=127.0.0.1:\(port)",
        "--storage.tsdb.path=\(folder.file("prometheus"))", "--enable-feature=exemplar-storage", "--log.level=warn",
      ], in: folder)
    do {
      try await process.listens(on: port)
      // It listens before it answers.
      let isReady = try await eventually(within: 20) {
        try await ToolRun(["curl", "-s", "-f", "http://127.0.0.1:\(port)/-/ready"]).status == 0
      }
      try #require(isReady, "\(process.errorText)")
    } catch {
      await process.stop()
      throw error
    }
    return RunningPrometheus(port: port, process: process)
  }

  func stop() async { await process.stop() }

  private func ask<Answer: Decodable>(_ path: String, _ query: String?, as: Answer.Type) async throws -> Answer {
    let arguments = query.map { ["-G", "--data-urlencode", "query=\($0)"] } ?? []
    let run = try await ToolRun(
      ["curl", "-s", "-S", "--max-time", "10"] + arguments + ["http://127.0.0.1:\(port)/api/v1/\(path)"])
    try #require(run.status == 0, "\(run.errors)\(process.errorText)")
    return try JSONDecoder().decode(Answer.self, from: Data(run.output.utf8))
  }

  /// The value of a PromQL expression at this moment.
  func query(_ expression: String) async throws -> [Value] {
    struct Answer: Decodable {
      struct Data: Decodable { var result: [Result] }
      struct Result: Decodable {
        var metric: [String: String]
        var value: [Part]
      }
      /// A time as a number, then the value as a text.
      enum Part: Decodable {
        case time(Double), value(String)
        init(from decoder: any Decoder) throws {
          let container = try decoder.singleValueContainer()
          self = try (try? container.decode(Double.self)).map { .time($0) } ?? .value(container.decode(String.self))
        }
      }
      var data: Data
    }
    return try await ask("query", expression, as: Answer.self).data.result.compactMap { result in
      guard case .value(let text)? = result.value.last, let value = Double(text) else { return nil }
      return Value(labels: result.metric, value: value)
    }
  }

  func rules() async throws -> [RuleState] {
    struct Answer: Decodable {
      struct Data: Decodable { var groups: [Group] }
      struct Group: Decodable { var rules: [Rule] }
      struct Rule: Decodable {
        var name: String
        var health: String
      }
      var data: Data
    }
    var answer = try await ask("rules", nil, as: Answer.self)
    // Each group is evaluated for the first time somewhere within the interval.
    _ = try await eventually(within: 10) {
      answer = try await ask("rules", nil, as: Answer.self)
      return answer.data.groups.flatMap(\.rules).allSatisfy { $0.health != "unknown" }
    }
    return answer.data.groups.flatMap(\.rules).map { RuleState(name: $0.name, health: $0.health) }
  }

  /// The incidents that are kept beside the series of an expression.
  func exemplars(_ expression: String) async throws -> [String] {
    struct Answer: Decodable {
      struct Series: Decodable { var exemplars: [Exemplar] }
      struct Exemplar: Decodable { var labels: [String: String] }
      var data: [Series]
    }
    return try await ask("query_exemplars", expression, as: Answer.self).data
      .flatMap { $0.exemplars.compactMap { $0.labels["incident"] } }
  }
}
