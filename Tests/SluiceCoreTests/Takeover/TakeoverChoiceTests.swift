import SluiceCore
import Testing

@Suite("which gateway is taken over")
struct TakeoverChoiceTests {
  private static func identity(_ addresses: String...) -> TakeoverIdentity {
    // One name for all: the choice is by address.
    TakeoverIdentity(process: 1, name: "sluice", generation: 1, addresses: addresses)
  }

  @Test func theOneThatListensThere() {
    let running = [Self.identity("127.0.0.1:81"), Self.identity("127.0.0.1:80", "127.0.0.1:8443")]
    #expect(TakeoverChoice.among(running, for: ["127.0.0.1:80", "127.0.0.1:9000"]) == .one(1))
    #expect(TakeoverChoice.among(running, for: ["127.0.0.1:9000"]) == .none)
    #expect(TakeoverChoice.among([], for: ["127.0.0.1:80"]) == .none)
  }

  @Test func notOneOfSeveral() {
    let running = [Self.identity("127.0.0.1:81"), Self.identity("[::1]:80"), Self.identity("127.0.0.1:80")]
    #expect(TakeoverChoice.among(running, for: ["127.0.0.1:80", "127.0.0.1:81"]) == .several([0, 2]))
  }
}
