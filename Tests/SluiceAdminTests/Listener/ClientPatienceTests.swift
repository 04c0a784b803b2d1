import Glibc
import Logging
import NIOCore
import SluiceConfiguration
import TestSupport
import Testing

@testable import SluiceAdmin

@Suite("Clients that keep the admin address waiting", .timeLimit(.minutes(2)))
struct ClientPatienceTests {
  private let address = AdminConfiguration(host: "127.0.0.1", port: 0)

  /// - Parameter nameSize: bytes of the gateway's name, which makes `/api/v1/status` as large as is wanted.
  private func listener(_ times: AdminTimes, nameSize: Int = 8) async throws -> (AdminListener, port: Int) {
    var source = AdminSource.sample()
    source.status = {
      var status = StatusDocument.sample
      status.name = String(repeating: "x", count: nameSize)
      return status
    }
    let listener = AdminListener(source, times: times, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    try await listener.adopt(address)
    return (listener, try #require(await listener.port))
  }

  private func times(body: TimeAmount = .seconds(30), taking: TimeAmount = .seconds(30)) -> AdminTimes {
    AdminTimes(body: body, taking: taking, farewell: .seconds(1))
  }

  private func get(_ path: String) -> String { "GET \(path) HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" }

  @Test("one that takes nothing of its answer is closed", arguments: ["/api/v1/status", "/api/v1/events"])
  func stalled(_ path: String) async throws {
    // More than the kernel's buffers hold.
    let size = 16 << 20
    let (listener, port) = try await listener(times(taking: .milliseconds(200)), nameSize: size)
    let request = get(path)
    let (count, end) = try await blocking {
      let client = try RawClient(port: port, receiveBuffer: 4096)
      client.send(request)
      client.flush()
      // A large answer is made at leisure; the time to take it counts from then.
      #expect(client.hasMore(within: 30_000))
      usleep(2_000_000)
      let (bytes, end) = client.read(patience: 5000)
      return (bytes.count, end)
    }
    #expect(end != .open && count < size, "\(count) bytes, then \(end)")
    await listener.stop()
  }

  @Test("one that is slow, but takes something, gets all of it")
  func slow() async throws {
    let size = 16 << 20
    let (listener, port) = try await listener(times(taking: .seconds(2)), nameSize: size)
    let request = get("/api/v1/status")
    let taken = try await blocking {
      let client = try RawClient(port: port, receiveBuffer: 1 << 20)
      client.send(request)
      var taken = 0
      while taken < size {
        let count = client.read(256 << 10).count
        guard count > 0 else { break }
        taken += count
        // For more than two of the spans in all.
        usleep(100_000)
      }
      return taken
    }
    #expect(taken >= size)
    await listener.stop()
  }

  @Test("a body that does not come is not waited for")
  func body() async throws {
    let (listener, port) = try await listener(times(body: .milliseconds(200)))
    let (bytes, end) = try await blocking {
      let client = try RawClient(port: port)
      client.send(
        "POST /api/v1/deploys HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
          + "Content-Length: 20\r\n\r\n{")
      return client.read(patience: 5000)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("HTTP/1.1 408 ") && text.lowercased().contains("connection: close"), "\(text)")
    #expect(end != .open)
    await listener.stop()
  }

  @Test("whoever may not ask is told before a body, which is not read", arguments: [true, false])
  func refused(_ isGuarded: Bool) async throws {
    let (listener, port) = try await listener(times())
    if isGuarded {
      var guarded = address
      guarded.token = Secret("0123456789abcdef")
      try await listener.adopt(guarded)
    }
    let host = isGuarded ? "127.0.0.1" : "evil.example"
    let (bytes, end) = try await blocking {
      let client = try RawClient(port: port)
      client.send("POST /api/v1/deploys HTTP/1.1\r\nHost: \(host)\r\nContent-Length: 20\r\n\r\n{")
      return client.read(patience: 5000)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.hasPrefix("HTTP/1.1 \(isGuarded ? 401 : 421) "), "\(text)")
    #expect(text.lowercased().contains("connection: close") && end == .fin)
    await listener.stop()
  }

  @Test("what is refused without a body keeps its connection, and HTTP/1.0 needs no Host for a health check")
  func plain() async throws {
    let (listener, port) = try await listener(times())
    let heads = try await blocking {
      let client = try RawClient(port: port)
      var heads: [String] = []
      for _ in 0..<2 {
        client.send("GET /api/v1/status HTTP/1.1\r\nHost: evil.example\r\n\r\n")
        let head = String(decoding: try #require(client.readThrough(Array("\r\n\r\n".utf8))), as: UTF8.self)
        let length = try #require(head.lowercased().components(after: "content-length: ").flatMap { Int($0) })
        _ = client.read(length)
        heads.append(head.lowercased())
      }
      let old = try RawClient(port: port)
      old.send("GET /healthz HTTP/1.0\r\n\r\n")
      heads.append(String(decoding: try #require(old.readThrough(Array("\r\n".utf8))), as: UTF8.self))
      return heads
    }
    #expect(heads.prefix(2).allSatisfy { $0.hasPrefix("http/1.1 421 ") && !$0.contains("connection: close") })
    #expect(heads.last?.contains(" 200 ") == true)
    await listener.stop()
  }
}

extension String {
  /// The rest of the line behind a text.
  fileprivate func components(after mark: String) -> String? {
    firstRange(of: mark).map { String(self[$0.upperBound...].prefix { !$0.isNewline }) }
  }
}
