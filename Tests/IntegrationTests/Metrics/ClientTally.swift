import Synchronization
import TestSupport

/// What clients sent and got, counted by themselves.
final class ClientTally: Sendable {
  struct Counts: Sendable {
    /// By the first segment of the path, then by status.
    var statuses: [String: [String: Double]] = [:]
    var sent = 0.0
    var received = 0.0
  }

  private let counts = Mutex(Counts())

  var now: Counts { counts.withLock { $0 } }

  /// Sends each of the paths so many times, over some connections at a time that each carry several requests.
  func drive(_ paths: [String], times: Int, port: Int, width: Int = 6) async throws {
    let all = (0..<width).map { number in
      paths.flatMap { [String](repeating: $0, count: times / width + (number < times % width ? 1 : 0)) }.shuffled()
    }
    try await inParallel(all, width: width) { [self] paths in
      try await blocking { try self.send(paths, port: port) }
    }
  }

  private func send(_ paths: [String], port: Int) throws {
    var rest = paths[...]
    while !rest.isEmpty {
      let client = try RawClient(port: port)
      var request: [UInt8] = []
      while let path = rest.popFirst() {
        request = Array("GET \(path) HTTP/1.1\r\nHost: test\r\n\r\n".utf8)
        let response = client.exchange(request)
        let route = "/" + (path.split(separator: "/").first ?? "")
        counts.withLock { $0.statuses[route, default: [:]]["\(response.status)", default: 0] += 1 }
        // What comes next needs a connection of its own where this one is over.
        if response["connection"] == "close" || response.end != nil { break }
      }
      counts.withLock { counts in
        counts.sent += Double(client.taken)
        counts.received += Double(client.received)
      }
    }
  }
}
