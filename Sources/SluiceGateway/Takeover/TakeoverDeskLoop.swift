internal import Glibc
internal import Logging
internal import SluiceCore

/// The desk's thread: peers that ask who we are or for our sockets, a few at a time.
///
/// A peer's `TakeoverGiver` decides; here packets are read and written, and the gateway is asked in its own time, its
/// answers coming through the inbox. Nothing here waits for a peer.
struct TakeoverDeskLoop {
  private final class Peer {
    let connection: TakeoverConnection
    var machine = TakeoverGiver()
    var deadline: Instant
    var sockets: [ListeningSocket] = []

    init(_ connection: TakeoverConnection, deadline: Instant) {
      self.connection = connection
      self.deadline = deadline
    }
  }

  let listener: Int32
  let inbox: TakeoverInbox
  let gateway: Gateway
  let logger: Logger
  let onRelease: @Sendable () -> Void
  private var peers: [Int: Peer] = [:]
  private var nextPeer = 0

  /// Peers at a time; more wait in the queue.
  static let peersMax = 8

  init(
    listener: Int32, inbox: TakeoverInbox, gateway: Gateway, logger: Logger, onRelease: @escaping @Sendable () -> Void
  ) {
    self.listener = listener
    self.inbox = inbox
    self.gateway = gateway
    self.logger = logger
    self.onRelease = onRelease
  }

  mutating func run() {
    defer { close(listener) }
    while true {
      let order = peers.keys.sorted()
      var polls = [pollfd(fd: inbox.wake, events: Int16(POLLIN), revents: 0)]
      polls.append(pollfd(fd: peers.count < Self.peersMax ? listener : -1, events: Int16(POLLIN), revents: 0))
      for number in order {
        polls.append(pollfd(fd: peers[number]?.connection.descriptor ?? -1, events: Int16(POLLIN), revents: 0))
      }
      _ = poll(&polls, nfds_t(polls.count), wait)
      for note in inbox.take() where !take(note) { return }
      for (number, state) in zip(order, polls.dropFirst(2)) where state.revents != 0 { read(from: number) }
      for (number, peer) in peers where peer.deadline <= Clock.now() { handle(.deadlineCame, of: number) }
      if polls[1].revents != 0 { accept() }
    }
  }

  /// Milliseconds until the next deadline.
  private var wait: Int32 {
    guard let next = peers.values.map(\.deadline).min() else { return -1 }
    return Int32(clamping: max(0, (next - Clock.now()).inMilliseconds + 1))
  }

  // MARK: Peers

  private mutating func accept() {
    let accepted = Glibc.accept(listener, nil, nil)
    guard accepted >= 0 else { return }
    _ = fcntl(accepted, F_SETFD, FD_CLOEXEC)
    _ = fcntl(accepted, F_SETFL, O_NONBLOCK)
    let connection = TakeoverConnection(accepted)
    guard connection.isOfThisUser else {
      logger.warning("a process of another user asked for the listening sockets and was refused")
      _ = connection.send(.refused(.otherUser))
      return
    }
    peers[nextPeer] = Peer(connection, deadline: Clock.now() + TakeoverTime.question)
    nextPeer += 1
  }

  private mutating func read(from number: Int) {
    guard let peer = peers[number] else { return }
    switch peer.connection.receive() {
    case .message(let message, let descriptors):
      // Nobody gives us any.
      for descriptor in descriptors { close(descriptor) }
      handle(descriptors.isEmpty ? .received(message) : .malformed(.descriptors(descriptors.count)), of: number)
    case .malformed(let fault): handle(.malformed(fault), of: number)
    case .closed: handle(.closed, of: number)
    case .late: break
    }
  }

  /// - Returns: false at the end.
  private mutating func take(_ note: TakeoverInbox.Note) -> Bool {
    switch note {
    case .identity(let identity, let number):
      if let peer = peers[number], !peer.connection.send(.identity(identity)) { handle(.closed, of: number) }
    case .granted(let sockets, let number):
      peers[number]?.sockets = sockets
      handle(.granted(sockets: sockets.count), of: number)
    case .denied(let refusal, let number): handle(.denied(refusal), of: number)
    case .paused(let number):
      peers[number]?.deadline = Clock.now() + TakeoverTime.pause
      handle(.paused, of: number)
    case .stopped(let number):
      handle(.stopped, of: number)
      onRelease()
    case .stop: return false
    }
    return true
  }

  // MARK: Effects

  private mutating func handle(_ event: TakeoverGiver.Event, of number: Int) {
    guard let peer = peers[number] else { return }
    for effect in peer.machine.handle(event) { perform(effect, peer, number) }
  }

  private mutating func perform(_ effect: TakeoverGiver.Effect, _ peer: Peer, _ number: Int) {
    let (gateway, inbox) = (gateway, inbox)
    switch effect {
    case .sendIdentity:
      Task { inbox.post(.identity(await gateway.identity(process: getpid()), peer: number)) }
    case .ask:
      peer.deadline = Clock.now() + TakeoverTime.takeover
      Task {
        switch await gateway.beginTakeover() {
        case .success(let sockets): inbox.post(.granted(sockets, peer: number))
        case .failure(let denied): inbox.post(.denied(denied.refusal, peer: number))
        }
      }
    case .send(let message):
      if !peer.connection.send(message) { handle(.closed, of: number) }
    case .sendSockets(let range):
      if !send(peer.sockets[range], to: peer) { handle(.closed, of: number) }
    case .pause(let places):
      Task {
        await gateway.pauseForTakeover(places)
        inbox.post(.paused(peer: number))
      }
    case .release(let places):
      // The peer may take its time; the gateway does not.
      peer.deadline = .never
      logger.notice("another process has taken over \(places.count) listening sockets")
      Task {
        await gateway.completeTakeover(places)
        inbox.post(.stopped(peer: number))
      }
    case .keep(let failure):
      keep(failure)
    case .close:
      peers[number] = nil
    }
  }

  private func keep(_ failure: TakeoverGiver.Failure) {
    logger.warning("a takeover did not come about, and everything goes on as before: \(failure)")
    let gateway = gateway
    Task { await gateway.abandonTakeover() }
  }

  private func send(_ sockets: ArraySlice<ListeningSocket>, to peer: Peer) -> Bool {
    let copies = sockets.map { $0.duplicate() }
    defer { for copy in copies where copy >= 0 { close(copy) } }
    guard copies.allSatisfy({ $0 >= 0 }) else { return false }
    return DescriptorPassing.send(
      TakeoverMessage.sockets(sockets.map(\.label)).encoded, copies, to: peer.connection.descriptor) == 0
  }
}
