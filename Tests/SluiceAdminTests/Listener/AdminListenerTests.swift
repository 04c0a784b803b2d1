import Foundation
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

  private func withClient<Value>(
    _ listener: AdminListener, _ place: String = "http://127.0.0.1", token: String? = nil,
    trust: AdminTrust = AdminTrust(), _ body: (AdminClient) async throws -> Value
  ) async throws -> Value {
    let port = try #require(await listener.port)
    let client = try AdminClient(url: "\(place):\(port)/", token: token, trust: trust)
    let answered: Result<Value, any Error>
    do { answered = .success(try await body(client)) } catch { answered = .failure(error) }
    await client.close()
    return try answered.get()
  }

  @discardableResult
  private func mark(
    _ text: String, at listener: AdminListener, _ place: String = "http://127.0.0.1", token: String? = nil
  ) async throws -> Change {
    try await withClient(listener, place, token: token) { try await $0.mark(text, upstream: nil) }
  }

  @Test("a client marks a deploy, and is told what is wrong")
  func mark() async throws {
    let noted = Noted()
    let listener = listener(noted)
    try await listener.adopt(AdminConfiguration(host: "127.0.0.1", port: 0))
    try await withClient(listener) { client in
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
    await #expect(throws: AdminClient.Failure.self) { try await mark("v1", at: listener) }
    try await mark("v1", at: listener, token: "0123456789abcdef")

    var other = address
    other.host = "127.0.0.2"
    try await listener.adopt(other)
    try await mark("v2", at: listener, "http://127.0.0.2")
    #expect(noted.changes.withLock { $0.map(\.text) } == ["v1", "v2"])
    try await listener.adopt(nil)
    #expect(await listener.port == nil)
  }

  @Test("a port that refuses is told at once, and in words")
  func refusing() async throws {
    let listener = listener(Noted())
    try await listener.adopt(AdminConfiguration(host: "127.0.0.1", port: 0))
    let port = try #require(await listener.port)
    await listener.stop()
    let client = try AdminClient(url: "http://127.0.0.1:\(port)", token: nil)
    let began = ContinuousClock.now
    do {
      _ = try await client.read("/api/v1/status", as: StatusDocument.self)
      Issue.record("nobody listens there")
    } catch {
      #expect("\(error)" == "connection refused: nothing listens at http://127.0.0.1:\(port)")
    }
    #expect(ContinuousClock.now - began < .seconds(5))
    await client.close()
  }

  @Test("whoever waits for an address sees that a reload came in between")
  func adoptions() async throws {
    let (first, second) = (listener(Noted()), listener(Noted()))
    try await first.adopt(AdminConfiguration(host: "127.0.0.1", port: 0))
    let taken = AdminConfiguration(host: "127.0.0.1", port: UInt16(try #require(await first.port)))
    let before = await second.adoptions
    await #expect(throws: AdminError.self) { try await second.adopt(taken) }
    #expect(await second.adoptions == before + 1)
    try await second.adopt(AdminConfiguration(host: "127.0.0.1", port: 0))
    #expect(await second.adoptions == before + 2)
    await first.stop()
    await second.stop()
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
    try await mark("v1", at: second)
    await first.stop()
    await second.stop()
  }

  // MARK: TLS

  private var secure: AdminConfiguration {
    let file = FileReference(path: "a.pem")
    return AdminConfiguration(
      host: "127.0.0.1", port: 0,
      tls: ListenerTLSConfiguration(certificates: [ConfiguredCertificate(certificate: file, key: file)]))
  }

  private func trust(in folder: TemporaryFolder) throws -> AdminTrust {
    let file = folder.file("test.pem")
    try TestCertificate.pem.write(toFile: file, atomically: true, encoding: .utf8)
    return AdminTrust(authorities: file)
  }

  @Test("a reload to TLS ends the connections that came in before, and says to plain HTTP what is spoken")
  func toTLS() async throws {
    let folder = try TemporaryFolder()
    let trust = try trust(in: folder)
    let listener = listener(Noted())
    try await listener.adopt(AdminConfiguration(host: "127.0.0.1", port: 0))
    let port = await listener.port
    try await withClient(listener) { client in
      _ = try await client.mark("v1", upstream: nil)
      try await listener.adopt(secure, try TestCertificate.serverContext())
      #expect(await listener.port == port)
      // The connection of the first mark is still open at the client's side, or already a new one: neither is served.
      await #expect(throws: AdminClient.Failure.self) { try await client.mark("v2", upstream: nil) }
      do {
        _ = try await client.mark("v2", upstream: nil)
        Issue.record("plain HTTP was taken")
      } catch {
        #expect("\(error)" == "it answers 400")
      }
    }
    let change = try await withClient(listener, "https://127.0.0.1", trust: trust) {
      try await $0.mark("v3", upstream: nil)
    }
    #expect(change.text == "v3")
    await listener.stop()
  }

  @Test("a certificate that is not trusted is told so; new certificates end the connections of the old ones")
  func renewal() async throws {
    let folder = try TemporaryFolder()
    let trust = try trust(in: folder)
    let listener = listener(Noted())
    try await listener.adopt(secure, try TestCertificate.serverContext())
    try await withClient(listener, "https://127.0.0.1") { client in
      do {
        _ = try await client.mark("v1", upstream: nil)
        Issue.record("a certificate that nobody trusts was taken")
      } catch {
        #expect("\(error)".contains("its certificate is not trusted here (--trust)"))
      }
    }
    try await withClient(listener, "https://127.0.0.1", trust: trust) { client in
      _ = try await client.mark("v2", upstream: nil)
      await listener.renew(try TestCertificate.serverContext())
      // One of the two may meet the connection that is just being closed.
      _ = try? await client.mark("v3", upstream: nil)
      #expect(try await client.mark("v4", upstream: nil).text == "v4")
    }
    await listener.stop()
  }

  @Test("TLS without certificates, or certificates without TLS, are not opened")
  func disagreement() async throws {
    let listener = listener(Noted())
    await #expect(throws: AdminError.self) { try await listener.adopt(secure) }
    let plain = AdminConfiguration(host: "127.0.0.1", port: 0)
    let context = try TestCertificate.serverContext()
    await #expect(throws: AdminError.self) { try await listener.adopt(plain, context) }
    #expect(await listener.port == nil)
  }

  @Test("a file that cannot be used is named")
  func files() throws {
    let folder = try TemporaryFolder()
    let trust = try trust(in: folder)
    let there = try #require(trust.authorities)
    for (trust, file) in [
      (AdminTrust(authorities: folder.file("no.pem")), "no.pem"), (AdminTrust(certificate: there), "test.pem"),
      (AdminTrust(certificate: there, key: folder.file("no.key")), "no.key"),
    ] {
      let error = #expect(throws: AdminClient.Failure.self) { try trust.library() }
      #expect(error?.description.hasPrefix("'\(folder.file(file))' cannot be read, or holds no ") == true)
    }
  }
}
