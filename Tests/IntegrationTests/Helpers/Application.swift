import Foundation
import TestSupport
import Testing

/// The programs in Tests/Applications: servers of other languages, what kills them, and what asks them.
enum Application {
  enum Language: String, CaseIterable, Sendable {
    case node, python
  }

  enum Failing: String, CaseIterable, Sendable {
    case refuse, reset, garbage, stall
  }

  // Tests/IntegrationTests/Helpers/Application.swift
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Applications")

  static func script(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// - Parameters:
  ///   - keepAlive: milliseconds for which it keeps an idle connection.
  ///   - delay: milliseconds between a request's execution and its answer.
  ///   - busy: milliseconds of it in which the process does nothing else.
  static func command(
    _ language: Language, port: Int, journal: Journal, keepAlive: Int, delay: Int, busy: Int = 0
  ) -> [String] {
    let program = language == .node ? ["node", script("application.mjs")] : ["python3", script("application.py")]
    return program + ["\(port)", journal.path, "\(keepAlive)", "\(delay)", "\(busy)"]
  }

  static func command(_ mode: Failing, port: Int, journal: Journal, fromStart: Bool = false) -> [String] {
    ["python3", script("failing.py"), "\(port)", journal.path, mode.rawValue] + (fromStart ? ["--from-start"] : [])
  }
}

/// What applications executed: a line for each request, written before its answer.
struct Journal: Sendable {
  let path: String

  init(in folder: TestFolder, _ name: String = "journal") { path = folder.file(name) }

  func lines() throws -> [String] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
  }

  /// How often each was written.
  func counts() throws -> [String: Int] { try lines().reduce(into: [:]) { $0[$1, default: 0] += 1 } }
}

/// What came of one request of `load.py`.
struct LoadResult: Decodable, Sendable {
  var key: String
  var method: String
  /// When it was due, in seconds from the start.
  var at: Double
  /// 0: none came.
  var status: Int
  /// How it was cut; nil: it was not.
  var failure: String?
  var ms: Double
  var retryAfter: String?
  var proxyStatus: String?

  var isGood: Bool { status == 200 && failure == nil }
}

/// A run of `load.py`.
struct Load: Sendable {
  private let process: RunningProcess
  private let out: String

  /// - Parameter options: those of the script but for where to and `--out`.
  init(port: Int, _ options: [String], in folder: TestFolder) throws {
    try self.init(["--port", "\(port)"] + options, in: folder)
  }

  init(unixPath: String, _ options: [String], in folder: TestFolder) throws {
    try self.init(["--unix", unixPath] + options, in: folder)
  }

  private init(_ options: [String], in folder: TestFolder) throws {
    out = folder.file("load-\(UInt32.random(in: 0 ... .max))")
    let command = ["python3", Application.script("load.py"), "--out", out]
    process = try RunningProcess(command + options, in: folder)
  }

  /// Waits for its end.
  func results() async throws -> [LoadResult] {
    guard await process.wait() == 0 else { throw process.failure }
    let decoder = JSONDecoder()
    return try String(contentsOfFile: out, encoding: .utf8).split(separator: "\n").map {
      try decoder.decode(LoadResult.self, from: Data($0.utf8))
    }
  }

  func stop() async { await process.stop() }
}
