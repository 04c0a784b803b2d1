import Foundation
import TestSupport

/// A program whose output is its log.
final class LoggedProgram: Sendable {
  private let running: UncheckedBox<Process>
  private let log: String

  static let applications = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Applications").standardizedFileURL.path

  /// Python with the packages that `scripts/setup.sh --test` installs.
  static var python: String {
    let environment = ProcessInfo.processInfo.environment
    let cache = environment["XDG_CACHE_HOME"] ?? "\(environment["HOME"] ?? "")/.cache"
    return "\(cache)/sluice/test-python/bin/python"
  }

  /// - Parameter arguments: the command first, looked for in the PATH. What the log has already stays.
  init(_ arguments: [String], log: String) throws {
    let descriptor = open(log, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
    let output = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    running = UncheckedBox(process)
    self.log = log
  }

  var text: String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

  func ended(within seconds: Double = 60) async -> Bool {
    await eventually(within: seconds) { !running.value.isRunning }
  }

  /// Asks, waits for a while, then insists.
  func end() {
    let process = running.value
    guard process.isRunning else { return }
    kill(process.processIdentifier, SIGTERM)
    for _ in 0..<200 where process.isRunning { usleep(20_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }
}
