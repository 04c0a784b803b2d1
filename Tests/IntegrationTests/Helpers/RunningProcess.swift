import Foundation
import TestSupport
import Testing

/// A child process that lives as long as the test wants it, and no longer.
final class RunningProcess: @unchecked Sendable {
  struct Ended: Error {
    var command: String
    var status: Int32
    var errors: String
  }

  private let process = Process()
  private let errors: String
  private let ended: AsyncStream<Void>
  let input = Pipe()

  var isRunning: Bool { process.isRunning }
  var pid: Int32 { process.processIdentifier }

  /// - Parameters:
  ///   - arguments: the command first, looked for in the PATH.
  ///   - output: a file for what it prints; nil: nobody reads that.
  init(
    _ arguments: [String], environment: [String: String] = [:], output: String? = nil, in folder: TestFolder
  ) throws {
    errors = folder.file("errors-\(UInt32.random(in: 0 ... .max))")
    let descriptor = open(errors, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // A child inherits the signals that the thread which makes it blocks, and that one may block all of them: nothing
    // that is asked to end would hear it.
    process.arguments = ["--default-signal=TERM,INT,HUP,ALRM"] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = input
    process.standardOutput =
      output.map { path in
        let opened = open(path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0o600)
        return FileHandle(fileDescriptor: opened, closeOnDealloc: true)
      } ?? FileHandle.nullDevice
    process.standardError = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    let (ended, continuation) = AsyncStream<Void>.makeStream()
    self.ended = ended
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
  }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Waits for its end.
  ///
  /// - Returns: the exit status; a signal's number where one ended it.
  @discardableResult
  func wait() async -> Int32 {
    for await _ in ended {}
    return process.terminationStatus
  }

  /// Asks, waits for a while, then insists.
  func stop(within seconds: Double = 10) async {
    guard process.isRunning else { return }
    signal(SIGTERM)
    if await !eventually(within: seconds, { !process.isRunning }) { signal(SIGKILL) }
    await wait()
  }

  var errorText: String { (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "" }

  /// Waits until something accepts on the port.
  ///
  /// - Throws: `Ended` where the process has ended instead, with what it said.
  func listens(on port: Int) async throws {
    let listens = try await eventually(within: 20) {
      guard process.isRunning else { throw failure }
      return (try? RawClient(port: port)) != nil
    }
    try #require(listens, "nothing listens on port \(port): \(errorText)")
  }

  var failure: Ended {
    let status = process.isRunning ? 0 : process.terminationStatus
    return Ended(
      command: (process.arguments ?? []).dropFirst().joined(separator: " "), status: status, errors: errorText)
  }
}

/// A port of loopback on which nothing listens, below those that outgoing connections get: an endpoint that restarts
/// must find its own again.
func listenPort() throws -> Int {
  for _ in 0..<200 {
    let port = Int.random(in: 20_000..<32_000)
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
    let result = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    if result == 0 { return port }
  }
  throw RawClient.Failure(call: "bind", number: EADDRINUSE)
}

/// A folder that goes with the test.
final class TestFolder: Sendable {
  let path: String

  init() throws {
    path = GatewayHarness.temporaryPath("prevention")
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  func file(_ name: String) -> String { path + "/" + name }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
