import Foundation
import TestSupport
import Testing

/// A program in Tests/Applications/Clients: it runs its cases, prints a line of JSON for each, and ends.
enum ClientProgram {
  struct Verdict: Decodable, Sendable {
    var `case`: String
    var ok: Bool
    var detail: String
  }

  /// Python with the packages that `scripts/setup.sh --test` installs.
  static var python: String {
    let environment = ProcessInfo.processInfo.environment
    let cache = environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache"
    return "\(cache)/sluice/test-python/bin/python"
  }

  static func script(_ name: String) -> String { Application.script("Clients/\(name)") }
  static func origin(_ name: String) -> String { Application.script("Origins/\(name)") }

  /// The command that runs a program of one of these folders, by its language.
  static func command(_ path: String) -> [String] {
    switch URL(fileURLWithPath: path).pathExtension {
    case "py": [python, path]
    case "mjs": ["node", path]
    default: ["java", path]
    }
  }

  /// What a program printed, line by line. One that takes longer is ended, and that is a failure.
  static func lines<Line: Decodable>(
    _ command: [String], within seconds: Double, as: Line.Type, in folder: TestFolder
  ) async throws -> [Line] {
    try #require(
      FileManager.default.isExecutableFile(atPath: python),
      "Python's packages for the tests are missing: run scripts/setup.sh --test")
    let output = folder.file("output-\(UInt32.random(in: 0 ... .max))")
    let environment = ["PYTHONDONTWRITEBYTECODE": "1"]
    let process = try RunningProcess(command, environment: environment, output: output, in: folder)
    let isOver = await eventually(within: seconds) { !process.isRunning }
    if !isOver { await process.stop(within: 1) }
    let printed = try String(contentsOfFile: output, encoding: .utf8)
    try #require(isOver, "\(command) was not over after \(seconds) s: \(printed.suffix(500))\(process.errorText)")
    let status = await process.wait()
    try #require(
      status == 0, "\(command) ended with \(status): \(printed.suffix(500))\(process.errorText.suffix(2000))")
    return try printed.split(separator: "\n").map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
  }

  /// Runs a program and expects each of its cases to be good.
  ///
  /// - Parameter minimum: how many cases it has at least: one that ends early is no success.
  static func expectGood(
    _ command: [String], cases minimum: Int, within seconds: Double = 90, in folder: TestFolder
  ) async throws {
    let verdicts = try await lines(command, within: seconds, as: Verdict.self, in: folder)
    #expect(verdicts.count >= minimum, "\(verdicts.map(\.case))")
    for verdict in verdicts where !verdict.ok { Issue.record("\(verdict.case): \(verdict.detail)") }
  }
}
