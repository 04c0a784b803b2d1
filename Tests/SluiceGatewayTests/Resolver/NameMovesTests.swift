import SluiceConfiguration
import SluiceCore
import SluiceIncidents
import Testing

@testable import SluiceGateway

@Suite struct NameMovesTests {
  private let moves: NameMoves

  init() throws {
    let loaded = ConfigurationLoader.quick(
      listen: "127.0.0.1:0", to: ["http://app.test:80", "http://app.test:81"], workers: 1)
    moves = NameMoves()
    moves.adopt(try #require(loaded.configuration))
  }

  private func told(added: [String], removed: [String], now: [String], name: String = "app.test") -> [NameMove] {
    let addresses = now.compactMap { EndpointAddress($0) }
    let resolved = ResolvedName(name: name, addresses: addresses, good: nil, goodAt: .never, failure: nil)
    let change = AddressChange(
      name: name, kind: .addresses, added: added.compactMap { EndpointAddress($0) },
      removed: removed.compactMap { EndpointAddress($0) }, failure: nil)
    return moves.moves(ResolvedEndpoints(generation: 1, names: [name: resolved], changes: [change], pending: 0))
      .map(\.move)
  }

  @Test func aNameWhoseAddressesAreAllOthersIsToldOnceForEachUpstream() {
    let move = NameMove(name: "app.test", before: ["10.0.0.5"], after: ["10.0.0.7"])
    #expect(told(added: ["10.0.0.7"], removed: ["10.0.0.5"], now: ["10.0.0.7"]) == [move])
  }

  @Test func addressesThatComeAndGoOneByOneAreNoNews() {
    #expect(told(added: ["10.0.0.7"], removed: ["10.0.0.5"], now: ["10.0.0.6", "10.0.0.7"]).isEmpty)
    #expect(told(added: ["10.0.0.7"], removed: [], now: ["10.0.0.7"]).isEmpty)
    #expect(told(added: [], removed: ["10.0.0.5"], now: ["10.0.0.6"]).isEmpty)
  }

  @Test func aNameOfNoUpstreamIsNobodys() {
    #expect(told(added: ["10.0.0.7"], removed: ["10.0.0.5"], now: ["10.0.0.7"], name: "other.test").isEmpty)
  }
}
