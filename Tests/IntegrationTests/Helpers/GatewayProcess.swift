import Foundation
import Synchronization
import TestSupport
import Testing

/// `sluice run` as a process of its own, with what it says on standard error.
final class GatewayProcess: Sendable {
  private let process: Mutex<Process>
  private let said: Mutex<[String]>
  private let ended: Mutex<Bool>

  struct Unready: Error {
    var lines: [String]
  }

  /// - Parameters:
  ///   - sockets: descriptors that the process gets as 3 and 4, as systemd passes them on.
  static func start(
    _ arguments: [String], state: String, environment: [String: String] = [:], sockets: [Int32] = []
  ) throws -> GatewayProcess {
    let process = Process()
    let binary: URL = try #require(CommandRun.binary)
    process.environment = environment.merging(["XDG_STATE_HOME": state, "HOME": state]) { first, _ in first }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    if sockets.isEmpty {
      process.executableURL = binary
      process.arguments = ["run"] + arguments
    } else {
      process.executableURL = URL(fileURLWithPath: "/bin/sh")
      // Where another descriptor than these is open, the shell closes it with itself.
      let script = "exec 3<&0 4<&1 </dev/null >/dev/null; export LISTEN_PID=$$ LISTEN_FDS=\(sockets.count); exec \"$@\""
      process.arguments = ["-c", script, "sh", binary.path, "run"] + arguments
      process.standardInput = FileHandle(fileDescriptor: sockets[0], closeOnDealloc: false)
      if sockets.count > 1 { process.standardOutput = FileHandle(fileDescriptor: sockets[1], closeOnDealloc: false) }
    }
    let errors = Pipe()
    process.standardError = errors
    let started = GatewayProcess(process)
    process.terminationHandler = { _ in started.ended.withLock { $0 = true } }
    try process.run()
    let handle = errors.fileHandleForReading
    Thread.detachNewThread {
      var rest = Data()
      while case let data = handle.availableData, !data.isEmpty {
        rest += data
        while let end = rest.firstIndex(of: 0x0A) {
          let line = String(decoding: rest[..<end], as: UTF8.self)
          started.said.withLock { $0.append(line) }
          rest = Data(rest[(end + 1)...])
        }
      }
    }
    return started
  }

  private init(_ process: Process) {
    self.process = Mutex(process)
    said = Mutex([])
    ended = Mutex(false)
  }

  var lines: [String] { said.withLock { $0 } }
  var identifier: Int32 { process.withLock { $0.processIdentifier } }
  var isRunning: Bool { !ended.withLock { $0 } }
  /// nil while it runs, and where a signal ended it.
  var status: Int32? {
    guard !isRunning else { return nil }
    return process.withLock { $0.terminationReason == .exit ? $0.terminationStatus : nil }
  }

  /// Waits for a line that contains this.
  @discardableResult
  func says(_ text: String) async throws -> String {
    var found: String?
    _ = await eventually(within: 20) {
      found = lines.first { $0.contains(text) }
      return found != nil || !isRunning
    }
    guard let found else { throw Unready(lines: lines) }
    return found
  }

  /// Waits until it listens.
  ///
  /// - Returns: the first port.
  @discardableResult
  func listens() async throws -> Int {
    let line = try await says(" listens on ")
    let places = line.components(separatedBy: " listens on ")[1]
    let first = places.components(separatedBy: ", ")[0]
    return first.components(separatedBy: ":").last.flatMap { Int($0) } ?? 0
  }

  func ends(within seconds: Double = 20) async -> Bool { await eventually(within: seconds) { !isRunning } }

  func send(_ signal: Int32) { kill(identifier, signal) }

  func stop() async {
    guard isRunning else { return }
    send(SIGTERM)
    if await !ends(within: 8) { send(SIGKILL) }
  }
}

/// A folder for the state of installations and for configurations, removed at the end.
func withStateFolder(_ body: (String) async throws -> Void) async throws {
  let path = GatewayHarness.temporaryPath("state")
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  try await body(path)
}

/// Processes that a test has started: stopped whatever happens.
func withProcesses(_ body: (inout [GatewayProcess]) async throws -> Void) async throws {
  var started: [GatewayProcess] = []
  do {
    try await body(&started)
  } catch {
    for process in started { await process.stop() }
    throw error
  }
  for process in started { await process.stop() }
}
