import Logging
import SluiceConfiguration
import SluiceIncidents
import Testing

@testable import SluiceAdmin

@Suite("The admin address on a socket", .timeLimit(.minutes(1)))
struct AdminListenerTests {
  private func listener(_ noted: Noted) -> AdminListener {
    AdminListener(.sample(noted), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
  }

  private func client(_ listener: AdminListener, token: String? = nil) async throws -> AdminClient {
    let port = try #require(await listener.port)
    return AdminClient(url: "http://127.0.0.1:\(port)/", token: token)
  }

  @Test("a client marks a deploy, and is told what is wrong")
  func mark() async throws {
    let noted = Noted()
    let listener = listener(noted)
    try await listener.adopt(AdminConfiguration(host: "127.0.0.1", port: 0))
    let client = try await client(listener)
    let change = try await client.mark("api v42", upstream: "api")
    #expect(change == Change(kind: .deploy, time: AdminSource.time, text: "api v42", upstream: "api"))
    #expect(noted.changes.withLock { $0 } == [change])
    do {
      _ = try await client.mark("api v42", upstream: "apy")
      Issue.record("an upstream that is none was taken")
    } catch {
      #expect("\(error)" == "it answers 422: There is no upstream 'apy'; did you mean 'api'?")
    }
    do {
      _ = try await client.mark(String(repeating: "x", count: AdminRequest.bodyMax), upstream: nil)
      Issue.record("a body that is too large was taken")
    } catch {
      #expect("\(error)".hasPrefix("it answers 413"))
    }
    await listener.stop()
    #expect(await listener.port == nil)
    await #expect(throws: AdminClient.Failure.self) { try await client.mark("api v42", upstream: nil) }
  }

  @Test("a reload changes the token, and the address once the new one is open")
  func reload() async throws {
    let noted = Noted()
    let listener = listener(noted)
    let address = AdminConfiguration(host: "127.0.0.1", port: 0)
    try await listener.adopt(address)
    let port = await listener.port
    var guarded = address
    guarded.token = Secret("0123456789abcdef")
    try await listener.adopt(guarded)
    #expect(await listener.port == port)
    await #expect(throws: AdminClient.Failure.self) { try await client(listener).mark("v1", upstream: nil) }
    _ = try await client(listener, token: "0123456789abcdef").mark("v1", upstream: nil)

    var other = address
    other.host = "127.0.0.2"
    try await listener.adopt(other)
    let moved = try #require(await listener.port)
    _ = try await AdminClient(url: "http://127.0.0.2:\(moved)", token: nil).mark("v2", upstream: nil)
    #expect(noted.changes.withLock { $0.map(\.text) } == ["v1", "v2"])
    try await listener.adopt(nil)
    #expect(await listener.port == nil)
  }

  @Test("an address that is taken is told, and the one before goes on")
  func taken() async throws {
    let (first, second) = (listener(Noted()), listener(Noted()))
    try await first.adopt(AdminConfiguration(host: "127.0.0.1", port: 0))
    try await second.adopt(AdminConfiguration(host: "127.0.0.1", port: 0))
    let port = try #require(await first.port)
    await #expect(throws: AdminError.self) {
      try await second.adopt(AdminConfiguration(host: "127.0.0.1", port: UInt16(port)))
    }
    _ = try await client(second).mark("v1", upstream: nil)
    await first.stop()
    await second.stop()
  }
}
