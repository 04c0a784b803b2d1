internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents
internal import Synchronization

/// Notices where a name leads to none of the addresses that it led to before: a move, or an old record that came
/// back. Names whose addresses come and go one by one are no news.
final class NameMoves: Sendable {
  /// Upstreams by the names of their endpoints.
  private let upstreams = Mutex<[String: [String]]>([:])

  func adopt(_ configuration: Configuration) {
    var found: [String: [String]] = [:]
    for upstream in configuration.upstreams {
      for endpoint in upstream.endpoints {
        guard case .tcp(let host, _) = endpoint.target, !found[host, default: []].contains(upstream.name) else {
          continue
        }
        found[host, default: []].append(upstream.name)
      }
    }
    upstreams.withLock { $0 = found }
  }

  /// The upstreams concerned, and what is told of each.
  func moves(_ resolved: ResolvedEndpoints) -> [(upstream: String, move: NameMove)] {
    resolved.changes.flatMap { change -> [(String, NameMove)] in
      guard change.kind == .addresses, !change.added.isEmpty, !change.removed.isEmpty,
        let now = resolved.names[change.name]?.addresses, Set(now) == Set(change.added)
      else { return [] }
      let move = NameMove(
        name: change.name, before: change.removed.map(\.description), after: change.added.map(\.description))
      return upstreams.withLock { $0[change.name] ?? [] }.map { ($0, move) }
    }
  }
}
