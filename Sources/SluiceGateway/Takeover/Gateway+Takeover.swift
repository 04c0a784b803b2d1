internal import SluiceConfiguration
internal import SluiceCore

// The older gateway's side: what it is, what it gives, and how it goes on with or without its sockets.

extension Gateway {
  func identity(process: Int32) -> TakeoverIdentity {
    let bound = listeners.values.flatMap(\.sockets).compactMap(\.bound?.description)
    let labels = listeners.keys.map(\.description)
    return TakeoverIdentity(
      process: process, name: services.name, generation: generation,
      addresses: labels.sorted() + Set(bound).subtracting(labels).sorted())
  }

  /// All listening sockets, in an order that `completeTakeover` understands until it or `abandonTakeover` is called.
  func beginTakeover() -> Result<[ListeningSocket], TakeoverRefusal.Denied> {
    guard !isDraining else { return .failure(.init(refusal: .draining)) }
    guard givingAway == .nothing, !isReloading else { return .failure(.init(refusal: .busy)) }
    givingAway = .offered
    return .success(offered)
  }

  private var offered: [ListeningSocket] {
    let ordered = listeners.sorted { $0.key.description < $1.key.description }
    return Array(ordered.flatMap(\.value.sockets).prefix(TakeoverMessage.socketsMax))
  }

  /// What connects to these from now on waits in their queues.
  func pauseForTakeover(_ places: [Int]) async {
    for listener in listeners(at: places) { await listener.pauseAccepting() }
  }

  /// Nothing came of it: everything is as before.
  func abandonTakeover() async {
    for listener in listeners.values { try? await listener.startAccepting() }
    if givingAway == .offered { givingAway = .nothing }
  }

  /// The newer process accepts on these: we close our copies. A listener that it did not want is closed as at a drain,
  /// its queue emptied first.
  func completeTakeover(_ places: [Int]) async {
    guard givingAway == .offered else { return }
    let taken = Set(listeners(at: places).map(\.address))
    givingAway = .all
    let all = listeners
    listeners.removeAll()
    for listener in all.values {
      if taken.contains(listener.address) { await listener.release() } else { await listener.close() }
    }
  }

  /// Nobody takes a part of a listener's sockets: they have one address.
  private func listeners(at places: [Int]) -> [Listener] {
    let offered = offered
    let taken = Set(places.filter(offered.indices.contains).map { ObjectIdentifier(offered[$0]) })
    return listeners.values.filter { $0.sockets.contains { taken.contains(ObjectIdentifier($0)) } }
  }
}

extension TakeoverRefusal {
  struct Denied: Error {
    let refusal: TakeoverRefusal
  }
}
