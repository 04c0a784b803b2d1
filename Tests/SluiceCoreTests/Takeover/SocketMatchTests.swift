import SluiceCore
import Testing

@Suite("passed sockets and listeners")
struct SocketMatchTests {
  private static func tcp(_ text: String) -> BoundAddress? { EndpointAddress(text).map(BoundAddress.tcp) }

  private static let listeners =
    ["127.0.0.1:8080", "[::]:80", "127.0.0.1:0"].map {
      SocketMatch.Wanted(bound: tcp($0), label: $0)
    } + [
      SocketMatch.Wanted(bound: .unix(path: "/run/s.sock"), label: "unix:/run/s.sock"),
      SocketMatch.Wanted(bound: nil, label: "nowhere.test:80"),
    ]

  private static func match(_ bound: BoundAddress?, _ label: String = "", isListening: Bool = true) -> SocketMatch? {
    SocketMatch.of(
      [SocketMatch.Inherited(bound: bound, label: label, isListening: isListening)], for: listeners
    ).first
  }

  @Test func byTheAddressThatTheKernelTells() {
    #expect(Self.match(Self.tcp("127.0.0.1:8080")) == .listener(0))
    #expect(Self.match(Self.tcp("[::]:80")) == .listener(1))
    #expect(Self.match(.unix(path: "/run/s.sock")) == .listener(3))
  }

  @Test("another address, port or path is not ours, whatever its label")
  func others() {
    for bound in [Self.tcp("127.0.0.2:8080"), Self.tcp("127.0.0.1:8081"), .unix(path: "/run/t.sock")] {
      #expect(Self.match(bound, "127.0.0.1:8080") == .notConfigured)
    }
    #expect(Self.match(Self.tcp("0.0.0.0:80")) == .notConfigured)
  }

  @Test("a listener whose port the system chose keeps the port that it has")
  func portZero() {
    #expect(Self.match(Self.tcp("127.0.0.1:41234"), "127.0.0.1:0") == .listener(2))
    #expect(Self.match(Self.tcp("127.0.0.1:41234"), "") == .notConfigured)
  }

  @Test func whatIsNoListeningSocketIsTold() {
    #expect(Self.match(Self.tcp("127.0.0.1:8080"), isListening: false) == .notListening)
    #expect(Self.match(nil) == .unknownKind)
    #expect(Self.match(nil, "nowhere.test:80") == .unknownKind)
    for match in [SocketMatch.notListening, .unknownKind, .notConfigured] { #expect(match.reason != nil) }
    #expect(SocketMatch.listener(0).reason == nil)
  }

  @Test func severalSocketsOfOneAddress() {
    let socket = SocketMatch.Inherited(bound: Self.tcp("127.0.0.1:8080"))
    #expect(SocketMatch.of([socket, socket], for: Self.listeners) == [.listener(0), .listener(0)])
  }
}
