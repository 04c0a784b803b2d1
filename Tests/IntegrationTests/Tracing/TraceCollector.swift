import Foundation
import TestSupport
import Testing

/// A collector of another make, as a process of its own.
final class TraceCollector: Sendable {
  struct Export: Decodable, Sendable {
    var answer: String
    var path: String
    var fields: [String: String]
    var bytes: Int
    var spans: [ExportedSpan]?
    var wrong: String?

    var isTaken: Bool { wrong == nil && answer.hasPrefix("200") }
  }

  let port: Int
  private let process: RunningProcess
  private let output: String

  /// - Parameter answers: to the requests in their order; `200` after that.
  static func start(_ answers: [String] = [], on port: Int? = nil, in folder: TestFolder) async throws -> TraceCollector
  {
    let port = try port ?? listenPort()
    let output = folder.file("collector-\(UInt32.random(in: 0 ... .max))")
    let process = try RunningProcess(
      [ClientProgram.python, Application.script("Collectors/collector.py"), "\(port)"] + answers,
      environment: ["PYTHONDONTWRITEBYTECODE": "1"], output: output, in: folder)
    try await process.listens(on: port)
    return TraceCollector(port: port, process, output)
  }

  private init(port: Int, _ process: RunningProcess, _ output: String) {
    self.port = port
    self.process = process
    self.output = output
  }

  var url: String { "http://127.0.0.1:\(port)/v1/traces" }

  func exports() throws -> [Export] {
    let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
    // What stands behind the last line feed is being written.
    let exports = try text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map {
      try JSONDecoder().decode(Export.self, from: Data($0.utf8))
    }
    for export in exports { #expect(export.wrong == nil) }
    return exports
  }

  /// Spans that the collector took, waiting for so many.
  func spans(atLeast count: Int, within seconds: Double = 10) async throws -> [ExportedSpan] {
    var spans: [ExportedSpan] = []
    _ = try await eventually(within: seconds) {
      spans = try exports().filter(\.isTaken).flatMap { $0.spans ?? [] }
      return spans.count >= count
    }
    return spans
  }

  func stop() async { await process.stop() }
}

/// Runs a test with a collector and stops it whatever happens.
func withCollector<Value>(
  _ answers: [String] = [], _ body: (TraceCollector, TestFolder) async throws -> Value
) async throws -> Value {
  let folder = try TestFolder()
  let collector = try await TraceCollector.start(answers, in: folder)
  do {
    let value = try await body(collector, folder)
    await collector.stop()
    return value
  } catch {
    await collector.stop()
    throw error
  }
}
