import Foundation
import Testing

/// One run of a program of the system, such as curl or openssl, to its end.
struct ToolRun: Sendable {
  let status: Int32
  let output: String
  let errors: String

  /// - Parameters:
  ///   - arguments: the program first, looked for in the PATH.
  ///   - input: what it reads; its input ends behind it.
  init(_ arguments: [String], input: String = "") async throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    // Whatever hangs, the test ends.
    process.arguments = ["timeout", "60"] + arguments
    let (incoming, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = incoming
    process.standardOutput = output
    process.standardError = errors
    let (ended, continuation) = AsyncStream<Void>.makeStream()
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
    try incoming.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try incoming.fileHandleForWriting.close()
    async let told = Self.text(output)
    async let complained = Self.text(errors)
    (self.output, self.errors) = await (told, complained)
    for await _ in ended {}
    status = process.terminationStatus
  }

  private static func text(_ pipe: Pipe) async -> String {
    String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }

  /// Both of its outputs.
  var said: String { output + errors }
}
