import NIOPosix
import TestSupport
import Testing

@testable import SluiceLab

/// Runs a test with a lab on one thread, and closes it whatever happens.
func withLab<Value>(
  limits: LabLimits = LabLimits(), _ body: (LabServer) async throws -> Value
) async throws -> Value {
  let lab = try await LabServer.start(group: MultiThreadedEventLoopGroup.singleton, limits: limits)
  do {
    let value = try await body(lab)
    try await lab.stop()
    return value
  } catch {
    try await lab.stop()
    throw error
  }
}

func request(_ target: String, _ hint: RequestHint = RequestHint()) -> [UInt8] {
  var text = "\(hint.method) \(target) HTTP/1.1\r\nHost: lab.test\r\n"
  for field in hint.headers { text += "\(field.name): \(field.value)\r\n" }
  if hint.isChunked {
    text += "Transfer-Encoding: chunked\r\n"
  } else if hint.bodyBytes > 0 || hint.method == "POST" {
    text += "Content-Length: \(hint.bodyBytes)\r\n"
  }
  return Array((text + "\r\n").utf8)
}

func scenario(_ name: String) throws -> Scenario { try #require(LabCatalogue.scenario(name)) }
