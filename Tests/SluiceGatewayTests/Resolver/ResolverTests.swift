import Glibc
import SluiceCore
import Synchronization
import TestSupport
import Testing

@testable import SluiceGateway

/// The resolver on real sockets, against a real server. One after the other: they measure time and count descriptors.
@Suite(.serialized, .timeLimit(.minutes(1))) struct ResolverTests {
  @Sendable static func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
  }

  private func configuration(
    _ servers: [EndpointAddress], timeout: TimeSpan = .milliseconds(900)
  ) -> ResolverOptions {
    var configuration = ResolverOptions()
    configuration.servers = servers
    configuration.timeout = timeout
    configuration.hostsPath = nil
    return configuration
  }

  private func resolve(_ name: String, _ resolver: Resolver) async -> Resolution {
    await withCheckedContinuation { continuation in
      resolver.resolve(name) { continuation.resume(returning: $0) }
    }
  }

  /// Resolves one name with a server of that behaviour.
  private func outcome(
    of name: String = "api.test", timeout: TimeSpan = .milliseconds(900), _ answer: @escaping StubDNSServer.Answer
  ) async throws -> (Resolution, [StubDNSServer.Question]) {
    let server = try StubDNSServer(answer)
    defer { server.stop() }
    let resolver = try Resolver(configuration([server.address], timeout: timeout), now: Self.now)
    defer { resolver.stop() }
    return (await resolve(name, resolver), server.questions)
  }

  // MARK: Answers

  @Test func allAddressesOfBothFamiliesComeWithTheirTTL() async throws {
    let (result, questions) = try await outcome { question in
      question.type == 1
        ? [
          question.response(answers: [.a("api.test", [1, 2, 3, 4], ttl: 77), .a("api.test", [1, 2, 3, 5], ttl: 66)])
        ]
        : [question.response(answers: [.aaaa("api.test", last: 5, ttl: 88)])]
    }
    #expect(result.addresses == [.v4(1, 2, 3, 4), .v4(1, 2, 3, 5), .v6(5)])
    #expect(result.ttl == .seconds(66))
    #expect(result.rcode == 0)
    #expect(result.source == .dns)
    #expect(result.server.family == .v4)
    #expect(result.outcome == .addresses)
    #expect(Set(questions.map(\.type)) == [1, 28])
    #expect(result.elapsed > .zero)
  }

  @Test func anAliasChainIsTold() async throws {
    let (result, _) = try await outcome { question in
      let chain: [DNSWire.Record] = [.cname("api.test", "lb.test", ttl: 9), .cname("lb.test", "node.test")]
      return [question.response(answers: chain + (question.type == 1 ? [.a("node.test", [7, 7, 7, 7])] : []))]
    }
    #expect(result.addresses == [.v4(7, 7, 7, 7)])
    #expect(result.aliases == ["lb.test", "node.test"])
    #expect(result.canonicalName == "node.test")
    #expect(result.ttl == .seconds(9))
  }

  @Test(
    arguments: [(UInt16(3), Cause.dnsNxdomain), (2, .dnsServfail), (5, .dnsRefused), (0, .dnsNoAddress)])
  func codesBecomeCauses(rcode: UInt16, cause: Cause) async throws {
    let (result, _) = try await outcome { question in
      [question.response(rcode: rcode, authorities: [.soa("test", ttl: 60, minimum: 7)])]
    }
    #expect(result.cause == cause)
    #expect(result.rcode == rcode)
    #expect(result.detail == .answered)
    #expect(result.ttl == .seconds(7))
    #expect(result.elapsed < .milliseconds(800))
  }

  @Test func anAliasLoopHasNoAddress() async throws {
    let (result, _) = try await outcome { question in
      [question.response(answers: [.cname("api.test", "b.test"), .cname("b.test", "api.test")])]
    }
    #expect(result.cause == .dnsNoAddress)
    #expect(result.detail == .aliasLoop)
  }

  @Test func aTruncatedAnswerIsAskedForAgainOverTCP() async throws {
    let many = (0..<400).map { DNSWire.Record.a("api.test", [10, 1, UInt8($0 / 256), UInt8($0 % 256)]) }
    let (result, questions) = try await outcome { question in
      guard question.isTCP else { return [question.response(flags: 0x8380)] }
      return [question.response(answers: question.type == 1 ? many : [])]
    }
    #expect(result.addresses.count == DNSMessageReader.addressesMax)
    #expect(questions.contains { $0.isTCP })
  }

  @Test func anAnswerTruncatedOverTCPTooIsMalformed() async throws {
    let (result, _) = try await outcome { [$0.response(flags: 0x8380)] }
    #expect(result.cause == .dnsServfail)
    #expect(result.detail == .malformedAnswer)
  }

  @Test func aServerThatKnowsNoEDNSGivesBothFamilies() async throws {
    let (result, questions) = try await outcome { question in
      if question.hasEDNS { return [question.response(rcode: 1)] }
      return [
        question.response(answers: question.type == 1 ? [.a("api.test", [1, 1, 1, 1])] : [.aaaa("api.test", last: 1)])
      ]
    }
    #expect(result.addresses == [.v4(1, 1, 1, 1), .v6(1)])
    #expect(!questions.isEmpty)
  }

  // MARK: No answers

  @Test func silenceIsATimeoutWithinItsBound() async throws {
    let (result, questions) = try await outcome(timeout: .milliseconds(300)) { _ in [] }
    #expect(result.cause == .dnsTimeout)
    #expect(result.detail == .timedOut)
    #expect(result.elapsed >= .milliseconds(280) && result.elapsed < .seconds(20))
    #expect(questions.count { $0.type == 1 } == 2)
  }

  @Test func aWrongIDIsNoAnswer() async throws {
    let (result, _) = try await outcome(timeout: .milliseconds(300)) { question in
      var forged = question
      forged.id ^= 1
      return [forged.response(answers: [.a("api.test", [6, 6, 6, 6])])]
    }
    #expect(result.cause == .dnsTimeout)
  }

  @Test func anotherQuestionIsNoAnswer() async throws {
    let (result, _) = try await outcome(timeout: .milliseconds(300)) { question in
      var forged = question
      forged.name = "evil.test"
      return [forged.response(answers: [.a("evil.test", [6, 6, 6, 6])])]
    }
    #expect(result.cause == .dnsTimeout)
  }

  @Test func garbageIsNoAnswer() async throws {
    let (noise, _) = try await outcome(timeout: .milliseconds(300)) { _ in [[UInt8](repeating: 0xFF, count: 300), [1]] }
    #expect(noise.cause == .dnsTimeout)
    // Garbage behind a header and question that fit.
    let (result, _) = try await outcome { question in
      var bytes = question.response(answers: [.a("api.test", [1, 2, 3, 4])])
      bytes.removeLast(3)
      return [bytes]
    }
    #expect(result.cause == .dnsServfail)
    #expect(result.detail == .malformedAnswer)
  }

  @Test func aGoodAnswerAfterGarbageCounts() async throws {
    let (result, _) = try await outcome { question in
      [
        [UInt8](repeating: 0xFF, count: 20),
        question.response(answers: question.type == 1 ? [.a("api.test", [1, 1, 1, 1])] : []),
      ]
    }
    #expect(result.addresses == [.v4(1, 1, 1, 1)])
  }

  @Test func aServerThatIsNotThereIsSaidToBe() async throws {
    let server = try StubDNSServer { _ in [] }
    let address = server.address
    server.stop()
    let resolver = try Resolver(configuration([address]), now: Self.now)
    defer { resolver.stop() }
    let result = await resolve("api.test", resolver)
    #expect(result.cause == .dnsServfail || result.cause == .dnsTimeout)
    if result.cause == .dnsServfail { #expect(result.detail == .serverUnreachable) }
    #expect(result.addresses.isEmpty)
  }

  @Test func theSecondServerHelpsOut() async throws {
    let failing = try StubDNSServer { [$0.response(rcode: 2)] }
    defer { failing.stop() }
    let silent = try StubDNSServer { _ in [] }
    defer { silent.stop() }
    let good = try StubDNSServer { [$0.response(answers: $0.type == 1 ? [.a("api.test", [9, 9, 9, 9])] : [])] }
    defer { good.stop() }
    let resolver = try Resolver(configuration([failing.address, silent.address, good.address]), now: Self.now)
    defer { resolver.stop() }
    let result = await resolve("api.test", resolver)
    #expect(result.addresses == [.v4(9, 9, 9, 9)])
    #expect(result.server == good.address)
  }

  @Test func theServerThatKnewAnAnswerIsAskedFirst() async throws {
    let failing = try StubDNSServer { [$0.response(rcode: 2)] }
    defer { failing.stop() }
    let good = try StubDNSServer { question in
      if question.name == "broken.test" { return [question.response(rcode: 2)] }
      return [question.response(answers: question.type == 1 ? [.a(question.name, [9, 9, 9, 9])] : [])]
    }
    defer { good.stop() }
    let resolver = try Resolver(configuration([failing.address, good.address]), now: Self.now)
    defer { resolver.stop() }
    #expect(await resolve("api.test", resolver).server == good.address)
    // An error says nothing for the server that was asked last.
    #expect(await resolve("broken.test", resolver).cause == .dnsServfail)
    let before = failing.questions.count
    #expect(await resolve("api.test", resolver).server == good.address)
    #expect(failing.questions.count == before)
  }

  @Test func aFamilyThatIsNeverAnsweredIsNamed() async throws {
    let (result, _) = try await outcome(timeout: .seconds(5)) { question in
      question.type == 1 ? [question.response(answers: [.a("api.test", [1, 1, 1, 1])])] : []
    }
    #expect(result.addresses == [.v4(1, 1, 1, 1)])
    #expect(result.missingFamily == .v6)
    #expect(result.elapsed < .seconds(4))
  }

  // MARK: Without a question

  @Test func literalsLocalhostAndNonsenseAskNobody() async throws {
    let server = try StubDNSServer { _ in [] }
    defer { server.stop() }
    let resolver = try Resolver(configuration([server.address]), now: Self.now)
    defer { resolver.stop() }
    let literal = await resolve("192.0.2.7", resolver)
    #expect(literal.addresses == [.v4(192, 0, 2, 7)])
    #expect(literal.source == .literal)
    #expect(literal.ttl == .unlimited)
    let localhost = await resolve("app.localhost", resolver)
    #expect(localhost.source == .localhost)
    #expect(localhost.addresses.count == 2)
    let nonsense = await resolve("a b", resolver)
    #expect(nonsense.cause == .dnsNxdomain)
    #expect(nonsense.detail == .invalidName)
    #expect(server.questions.isEmpty)
  }

  @Test func theHostsFileComesFirstAndIsReadAgainWhenItChanges() async throws {
    let server = try StubDNSServer { [$0.response(rcode: 3)] }
    defer { server.stop() }
    let hosts = try TemporaryFile("192.0.2.1 api.test\n")
    var configuration = configuration([server.address])
    configuration.hostsPath = hosts.path
    let resolver = try Resolver(configuration, now: Self.now)
    defer { resolver.stop() }
    let result = await resolve("API.test.", resolver)
    #expect(result.addresses == [.v4(192, 0, 2, 1)])
    #expect(result.source == .hosts)
    #expect(server.questions.isEmpty)
    try hosts.append("2001:db8::3 other.test\n")
    #expect(await resolve("other.test", resolver).addresses == [.v6(3)])
    #expect(await resolve("third.test", resolver).cause == .dnsNxdomain)
  }

  @Test func searchDomainsAreAskedForRelativeNamesOnly() async throws {
    let server = try StubDNSServer { question in
      guard question.name == "api.svc.test" else { return [question.response(rcode: 3)] }
      return [question.response(answers: question.type == 1 ? [.a(question.name, [5, 5, 5, 5])] : [])]
    }
    defer { server.stop() }
    var configuration = configuration([server.address])
    configuration.searchDomains = ["svc.test"]
    let resolver = try Resolver(configuration, now: Self.now)
    defer { resolver.stop() }
    let relative = await resolve("api", resolver)
    #expect(relative.addresses == [.v4(5, 5, 5, 5)])
    #expect(relative.askedName == "api.svc.test")
    #expect(await resolve("api.", resolver).cause == .dnsNxdomain)
  }

  @Test func theSystemsFileGivesServersAndSearchDomains() throws {
    let file = try TemporaryFile(
      "nameserver 192.0.2.53\nnameserver 2001:db8::7\nsearch svc.test test\noptions ndots:5\n")
    let system = try SystemServers.read(path: file.path)
    var v6 = EndpointAddress.v6(7)
    v6.port = 53
    #expect(system.servers == [.v4(192, 0, 2, 53, port: 53), v6])
    #expect(system.searchDomains == ["svc.test", "test"])
    #expect(system.dotsMin == 5)
  }

  // MARK: Bounds and the end

  @Test func manyNamesAtOnceAllEndAndTheQueueIsBounded() async throws {
    let server = try StubDNSServer { [$0.response(answers: $0.type == 1 ? [.a($0.name, [1, 1, 1, 1])] : [])] }
    defer { server.stop() }
    let resolver = try Resolver(configuration([server.address], timeout: .seconds(20)), now: Self.now)
    defer { resolver.stop() }
    let results = await withTaskGroup(of: Resolution.self) { group in
      for index in 0..<300 { group.addTask { await self.resolve("n\(index).test", resolver) } }
      return await group.reduce(into: [Resolution]()) { $0.append($1) }
    }
    #expect(results.count { $0.outcome == .addresses } == 300)
    #expect(Set(results.map(\.name)).count == 300)
  }

  @Test func beyondTheQueueNamesAreRefusedAtOnce() throws {
    let server = try StubDNSServer { _ in [] }
    defer { server.stop() }
    let resolver = try Resolver(configuration([server.address], timeout: .seconds(30)), now: Self.now)
    let details = Details()
    for index in 0..<(ResolverLimits.lookupsMax + 10) {
      resolver.resolve("n\(index).test") { details.add($0.detail) }
    }
    #expect(details.all.count { $0 == .queueFull } == 10)
    resolver.stop()
    #expect(details.all.count { $0 == .stopped } == ResolverLimits.lookupsMax)
    resolver.resolve("late.test") { details.add($0.detail) }
    #expect(details.all.count { $0 == .stopped } == ResolverLimits.lookupsMax + 1)
    #expect(!resolver.after(.zero) {})
  }

  @Test func timersFireOnTheResolversThread() async throws {
    let resolver = try Resolver(configuration([.v4(127, 0, 0, 1, port: 9)]), now: Self.now)
    defer { resolver.stop() }
    let start = Self.now()
    await withCheckedContinuation { continuation in
      resolver.after(.milliseconds(30)) { continuation.resume() }
    }
    #expect(Self.now() - start >= .milliseconds(30))
  }

  @Test func stoppingFromACompletionIsAllowed() async throws {
    let resolver = try Resolver(configuration([.v4(127, 0, 0, 1, port: 9)]), now: Self.now)
    await withCheckedContinuation { continuation in
      resolver.resolve("127.0.0.1") { _ in
        resolver.stop()
        continuation.resume()
      }
    }
  }

  @Test func nothingIsLeftAfterStopping() async throws {
    let server = try StubDNSServer { question in
      question.name.hasPrefix("silent")
        ? [] : question.isTCP ? [question.response()] : [question.response(flags: 0x8380)]
    }
    defer { server.stop() }
    let cycles = 60
    let descriptorsBefore = entries("/proc/self/fd")
    let threadsBefore = entries("/proc/self/task")
    for _ in 0..<cycles {
      let resolver = try Resolver(configuration([server.address]), now: Self.now)
      _ = await resolve("api.test", resolver)
      resolver.resolve("silent.test") { _ in }
      resolver.stop()
    }
    // Other suites of this process open some of their own meanwhile and close them again; a leak stays.
    var descriptors = 0
    var threads = 0
    for _ in 0..<300 {
      descriptors = entries("/proc/self/fd") - descriptorsBefore
      threads = entries("/proc/self/task") - threadsBefore
      if descriptors < cycles / 2, threads < cycles / 2 { break }
      try await Task.sleep(for: .milliseconds(100))
    }
    #expect(descriptors < cycles / 2)
    #expect(threads < cycles / 2)
  }

  private func entries(_ folder: String) -> Int {
    guard let directory = opendir(folder) else { return 0 }
    defer { closedir(directory) }
    var count = 0
    while readdir(directory) != nil { count += 1 }
    return count
  }

  private final class Details: Sendable {
    private let list = Mutex<[Resolution.Detail]>([])
    var all: [Resolution.Detail] { list.withLock { $0 } }
    func add(_ detail: Resolution.Detail) { list.withLock { $0.append(detail) } }
  }
}
