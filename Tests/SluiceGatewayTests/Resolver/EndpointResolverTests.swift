import SluiceCore
import Synchronization
import TestSupport
import Testing

@testable import SluiceGateway

@Suite(.timeLimit(.minutes(1))) struct EndpointResolverTests {
  /// A resolver and a clock that do nothing by themselves.
  private final class World: Sendable {
    typealias Completion = @Sendable (Resolution) -> Void
    struct State {
      var now = Instant(nanoseconds: 0)
      var open: [(name: String, completion: Completion)] = []
      var timers: [(at: Instant, action: @Sendable () -> Void)] = []
      var published: [ResolvedEndpoints] = []
    }
    let state = Mutex(State())

    var published: [ResolvedEndpoints] { state.withLock { $0.published } }
    var openNames: [String] { state.withLock { $0.open.map(\.name) } }
    var timerCount: Int { state.withLock { $0.timers.count } }

    func make(limits: NameCache.Limits = .init()) -> EndpointResolver {
      EndpointResolver(
        limits: limits,
        resolve: { name, completion in self.state.withLock { $0.open.append((name, completion)) } },
        schedule: { delay, action in self.state.withLock { $0.timers.append(($0.now + delay, action)) } },
        now: { self.state.withLock { $0.now } },
        publish: { snapshot in self.state.withLock { $0.published.append(snapshot) } })
    }

    func answer(_ name: String, _ resolution: Resolution) {
      let completion: Completion? = state.withLock { state in
        guard let index = state.open.firstIndex(where: { $0.name == name }) else { return nil }
        return state.open.remove(at: index).completion
      }
      #expect(completion != nil, "\(name) was not asked for")
      completion?(resolution)
    }

    func advance(to seconds: Int64) {
      let due = state.withLock { state in
        state.now = Instant(nanoseconds: 0) + .seconds(seconds)
        let due = state.timers.filter { $0.at <= state.now }
        state.timers.removeAll { $0.at <= state.now }
        return due.map(\.action)
      }
      for action in due { action() }
    }
  }

  private func good(_ name: String, _ last: UInt8, ttl: Int64 = 10) -> Resolution {
    .addresses([.v4(10, 0, 0, last)], of: name, source: .dns, ttl: .seconds(ttl))
  }

  @Test func eachNameIsPublishedWithItsFirstResultAndRefreshedAtItsTTL() {
    let world = World()
    let resolver = world.make()
    resolver.track(["a", "b"])
    #expect(world.openNames == ["a", "b"])
    #expect(resolver.current.pending == 2)
    world.answer("a", good("a", 1, ttl: 5))
    #expect(world.published.last?.pending == 1)
    world.answer("b", .failed(.dnsNxdomain, of: "b", detail: .answered, ttl: .seconds(20)))
    #expect(world.published.map { $0.changes.map(\.name) } == [["a"], ["b"]])
    #expect(resolver.current.names["b"]?.failure?.cause == .dnsNxdomain)
    #expect(resolver.current.pending == 0)
    world.advance(to: 4)
    #expect(world.openNames.isEmpty)
    world.advance(to: 5)
    #expect(world.openNames == ["a"])
    world.answer("a", good("a", 2, ttl: 5))
    #expect(world.published.last?.changes.first?.added == [.v4(10, 0, 0, 2)])
    #expect(world.published.last?.changes.first?.removed == [.v4(10, 0, 0, 1)])
    #expect(world.published.map(\.generation) == [1, 2, 3])
  }

  @Test func theSameAddressesAreNotPublishedAgain() {
    let world = World()
    let resolver = world.make()
    resolver.track(["a"])
    world.answer("a", good("a", 1))
    world.advance(to: 10)
    world.answer("a", good("a", 1))
    #expect(world.published.count == 1)
    #expect(resolver.current.names["a"]?.goodAt == Instant(nanoseconds: 0) + .seconds(10))
  }

  @Test func lastGoodAddressesStayAndTheFailureIsNoted() {
    let world = World()
    let resolver = world.make()
    resolver.track(["a"])
    world.answer("a", good("a", 1))
    world.advance(to: 10)
    world.answer("a", .failed(.dnsServfail, of: "a", detail: .answered))
    #expect(resolver.current.names["a"]?.addresses == [.v4(10, 0, 0, 1)])
    #expect(resolver.current.names["a"]?.failure?.cause == .dnsServfail)
    #expect(world.published.last?.changes.first?.kind == .failure)
    world.advance(to: 11)
    world.answer("a", good("a", 1))
    #expect(resolver.current.names["a"]?.failure == nil)
    #expect(world.published.last?.changes.first?.kind == .failure)
  }

  @Test func aReloadKeepsWhatStays() {
    let world = World()
    let resolver = world.make()
    resolver.track(["a", "b"])
    world.answer("a", good("a", 1))
    world.answer("b", good("b", 2))
    resolver.track(["b", "c"])
    #expect(world.openNames == ["c"])
    #expect(resolver.current.names.keys.sorted() == ["b"])
    #expect(world.published.last?.changes.first?.kind == .untracked)
  }

  @Test func aResultForANameThatIsGoneIsDropped() {
    let world = World()
    let resolver = world.make()
    resolver.track(["a"])
    resolver.track([])
    world.answer("a", good("a", 1))
    #expect(resolver.current.names.isEmpty)
    #expect(world.published.isEmpty)
  }

  @Test func atMostABoundedNumberIsAskedForAtOnce() {
    let world = World()
    let resolver = world.make()
    resolver.track(Set((0..<1000).map { "n\($0)" }))
    #expect(world.openNames.count == EndpointResolver.resolvesRunningMax)
    for _ in 0..<1000 { if let name = world.openNames.first { world.answer(name, good(name, 1)) } }
    #expect(resolver.current.names.count == 1000)
    #expect(world.timerCount <= 2)
  }

  @Test func seenFailuresHastenARefresh() {
    let world = World()
    let resolver = world.make()
    resolver.track(["a"])
    world.answer("a", good("a", 1, ttl: 600))
    world.advance(to: 30)
    resolver.refresh("a")
    resolver.refresh("a")
    #expect(world.openNames == ["a"])
  }

  @Test func nothingFollowsAStop() {
    let world = World()
    let resolver = world.make()
    resolver.track(["a"])
    world.answer("a", good("a", 1))
    resolver.stop()
    world.advance(to: 100)
    resolver.refresh("a")
    resolver.track(["z"])
    #expect(world.openNames.isEmpty)
    #expect(world.published.count == 1)
  }

  @Test func onRealSocketsANewAddressIsPublished() async throws {
    let last = Mutex(UInt8(1))
    let server = try StubDNSServer { question in
      let value = last.withLock { $0 }
      return [question.response(answers: question.type == 1 ? [.a(question.name, [10, 0, 0, value], ttl: 1)] : [])]
    }
    defer { server.stop() }
    var configuration = ResolverOptions()
    configuration.servers = [server.address]
    configuration.hostsPath = nil
    let resolver = try Resolver(configuration, now: ResolverTests.now)
    defer { resolver.stop() }
    let (snapshots, continuation) = AsyncStream.makeStream(of: ResolvedEndpoints.self)
    let endpoints = EndpointResolver(on: resolver, now: ResolverTests.now) { continuation.yield($0) }
    defer { endpoints.stop() }
    endpoints.track(["api.test"])
    var seen: [[EndpointAddress]] = []
    for await snapshot in snapshots {
      seen.append(snapshot.names["api.test"]?.addresses ?? [])
      last.withLock { $0 = 2 }
      if seen.count == 2 { break }
    }
    #expect(seen == [[.v4(10, 0, 0, 1)], [.v4(10, 0, 0, 2)]])
  }
}
