import Foundation
import Synchronization
import TestSupport

/// Requests that go on until they are told to stop, and what came of them. Nothing is ever sent again.
final class EndlessLoad: Sendable {
  private let isOver = Atomic<Bool>(false)
  let answered = Atomic<Int>(0)
  let failures = Mutex<[String]>([])

  enum Place: Sendable {
    case port(Int)
    case path(String)

    func connect() throws -> RawClient {
      switch self {
      case .port(let port): try RawClient(port: port)
      case .path(let path): try RawClient(unixPath: path)
      }
    }
  }

  /// - Parameters:
  ///   - keepsAlive: false: a new connection for each request.
  ///   - pause: between a response and the next request, in microseconds.
  func run(_ place: Place, keepsAlive: Bool, pause: UInt32 = 0, target: String = "/bytes/2000") {
    var client: RawClient?
    while !isOver.load(ordering: .relaxed) {
      do {
        let used = try client ?? place.connect()
        let response = used.exchange(
          "GET \(target) HTTP/1.1\r\nHost: test\r\n\(keepsAlive ? "" : "Connection: close\r\n")\r\n")
        if response.status == 200, response.isWhole {
          answered.wrappingAdd(1, ordering: .relaxed)
        } else {
          let kind = keepsAlive ? (client == nil ? "first of a connection" : "on keep-alive") : "own connection"
          failures.withLock { $0.append("\(response.status) \(response.end.map { "\($0)" } ?? "") \(kind)") }
        }
        // A connection that was announced to end is not used again; one that ended unannounced is a failure above.
        client = keepsAlive && response["connection"] != "close" ? used : nil
      } catch {
        failures.withLock { $0.append("\(error)") }
      }
      if pause > 0 { usleep(pause) }
    }
  }

  func stop() { isOver.store(true, ordering: .relaxed) }

  var count: Int { answered.load(ordering: .relaxed) }

  /// Waits until so many more requests were answered.
  func answers(_ more: Int) async -> Bool {
    let before = count
    return await eventually(within: 20) { self.count >= before + more }
  }
}

/// Clients on keep-alive, some that think between two requests, and clients with a connection for each, while `body`
/// runs.
func withEndlessLoad(
  _ place: EndlessLoad.Place, target: String = "/bytes/2000", _ body: (EndlessLoad) async throws -> Void
) async throws -> EndlessLoad {
  let load = EndlessLoad()
  try await withThrowingTaskGroup(of: Void.self) { group in
    for number in 0..<6 {
      group.addTask {
        try await blocking {
          load.run(place, keepsAlive: number % 2 == 0, pause: number == 4 ? 20_000 : 0, target: target)
        }
      }
    }
    do {
      try await body(load)
    } catch {
      load.stop()
      throw error
    }
    load.stop()
    try await group.waitForAll()
  }
  return load
}
