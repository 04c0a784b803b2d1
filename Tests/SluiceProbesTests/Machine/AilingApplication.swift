import Foundation
import Synchronization
import TestSupport
import Testing

/// A run of `Tests/Applications/Ailing/ailing.py`, which ends with the test.
final class AilingApplication: Sendable {
  let process: Int32
  let port: UInt16
  private let running: UncheckedBox<Process>
  /// The port at both addresses, as far as it was to be had: also when the application has ended, it is the test's.
  private let held: UncheckedBox<[HeldPort]>

  static let program = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Applications/Ailing/ailing.py").standardizedFileURL.path

  /// Starts it and waits until it listens.
  ///
  /// - Parameters:
  ///   - prefix: a command that it is run by, as in `setpriv --reuid 65534`; it must keep its process number.
  ///   - mark: two with the same one are the same program; other tests run others at the same time.
  init(
    _ arguments: [String], by prefix: [String] = [], mark: String = AilingApplication.mark()
  ) async throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = prefix + ["python3", Self.program] + arguments + ["--mark", mark]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    running = UncheckedBox(process)
    self.process = process.processIdentifier
    let handle = UncheckedBox(output.fileHandleForReading)
    let line = try await blocking { Self.line(handle.value, within: 20) }
    let words = line.split(separator: " ")
    guard words.count == 2, words[0] == "listening", let port = UInt16(words[1]) else {
      kill(process.processIdentifier, SIGKILL)
      Issue.record("\(arguments) did not listen: \(line)")
      throw CancellationError()
    }
    self.port = port
    let (own, other) = arguments.contains("::1") ? ("::1", "127.0.0.1") : ("127.0.0.1", "::1")
    held = UncheckedBox(
      [HeldPort(port, on: own, isShared: true), HeldPort(port, on: other)].compactMap { $0 })
  }

  /// Whether nobody else has the port, at either address.
  var hasPortAlone: Bool { held.value.count == 2 }

  /// A word of letters: numbers do not tell one program from another.
  static func mark() -> String { String((0..<12).compactMap { _ in "abcdefghijkmnpqrstuvwxyz".randomElement() }) }

  deinit { end() }

  var isRunning: Bool { running.value.isRunning }

  func signal(_ number: Int32) { kill(process, number) }

  func end() {
    guard running.value.isRunning else { return }
    kill(process, SIGCONT)
    kill(process, SIGKILL)
  }

  /// Waits for its end.
  func ended(within seconds: Double = 10) async -> Bool {
    await eventually(within: seconds) { !running.value.isRunning }
  }

  private static func line(_ handle: FileHandle, within seconds: Int32) -> String {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    var wanted = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
    while poll(&wanted, 1, seconds * 1000) == 1, read(handle.fileDescriptor, &byte, 1) == 1, byte != 0x0A {
      line.append(byte)
    }
    return String(decoding: line, as: UTF8.self)
  }
}
