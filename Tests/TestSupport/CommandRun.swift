public import Foundation
internal import Testing

/// One run of the command as its users run it: its own process, its own environment.
public struct CommandRun: Sendable {
  public let status: Int32
  public let output: String
  public let errors: String

  public var json: Any? { try? JSONSerialization.jsonObject(with: Data(output.utf8)) }

  /// - Parameter folder: in which it runs; nil: that of the tests.
  public init(_ arguments: [String], environment: [String: String] = [:], folder: String? = nil) async throws {
    let process = Process()
    let binary: URL = try #require(Self.binary)
    process.executableURL = binary
    process.arguments = arguments
    process.environment = environment
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    let (ended, continuation) = AsyncStream<Void>.makeStream()
    process.terminationHandler = { _ in continuation.finish() }
    try process.run()
    // A page is smaller than a pipe, but a list may be larger: both are read while it runs.
    async let told = Self.text(output)
    async let complained = Self.text(errors)
    (self.output, self.errors) = await (told, complained)
    for await _ in ended {}
    status = process.terminationStatus
  }

  private static func text(_ pipe: Pipe) async -> String {
    String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }

  /// Beside the program that holds the tests.
  public static var binary: URL? {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    let places = [folder, folder.deletingLastPathComponent()].map { $0.appendingPathComponent("sluice") }
    return places.first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }
}
