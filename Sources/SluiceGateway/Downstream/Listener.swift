internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import SluiceConfiguration
internal import SluiceCore

/// The listening sockets of one address and the channels that accept on them.
///
/// The kernel spreads connections over the sockets (SO_REUSEPORT), of which each worker has one; Unix sockets cannot
/// share a path, so that one worker serves them. Where a passed socket cannot be joined, one worker accepts for all.
/// Nothing is accepted before `startAccepting`.
struct Listener: Sendable {
  let address: ListenAddress
  let sockets: [ListeningSocket]
  /// Another process opened them.
  let isInherited: Bool
  private let acceptors: [Acceptor]

  private struct Acceptor: Sendable {
    let channel: any Channel
    let acceptSwitch: NIOLoopBound<AcceptSwitch>
    /// Where what is accepted goes.
    let workers: [WorkerHandle]
  }

  /// The address as bound, with the port that the system chose.
  var localAddress: SocketAddress? { acceptors.first?.channel.localAddress }

  /// How a listener is opened, beside its configuration.
  struct Place {
    var index: UInt16
    var workers: [WorkerHandle]
    /// The loops of all of them.
    var group: any EventLoopGroup
    /// Bytes.
    var receiveBuffer: Int
    /// nil: plain HTTP.
    var security: ListenerSecurity?
    /// Ports that other listeners of ours hold, on other addresses that may overlap with this one.
    var ownPorts: Set<UInt16> = []
    /// What another process opened for this address.
    var inherited: [ListeningSocket] = []
  }

  // MARK: Opening

  /// - Throws: `ListenError`, which says what, where and what to do.
  static func bind(_ configuration: ListenerConfiguration, _ place: Place) async throws -> Listener {
    let address = configuration.address
    var sockets = place.inherited
    var acceptors: [Acceptor] = []
    do {
      if sockets.isEmpty { sockets = [try open(address, ownPorts: place.ownPorts)] }
      let workers = accepting(address, place.workers)
      let plan = SocketPlan(
        sockets: sockets.count, workers: workers.count, mayOpen: sockets.allSatisfy(\.sharesPort))
      for (socket, acceptor) in zip(sockets, plan.acceptors) {
        let served = plan.spreads ? workers : [workers[acceptor]]
        acceptors.append(try await accept(on: socket, workers[acceptor], served, configuration, place))
      }
      for worker in plan.opensFor {
        guard let bound = sockets.first?.bound, let socket = try join(bound, of: address) else { continue }
        sockets.append(socket)
        acceptors.append(try await accept(on: socket, workers[worker], [workers[worker]], configuration, place))
      }
    } catch {
      for acceptor in acceptors { acceptor.channel.close(promise: nil) }
      for socket in sockets {
        if place.inherited.isEmpty { socket.removeFile() }
        socket.close()
      }
      throw ListenError(address: address, error)
    }
    return Listener(
      address: address, sockets: sockets, isInherited: !place.inherited.isEmpty, acceptors: acceptors)
  }

  private static func accepting(_ address: ListenAddress, _ workers: [WorkerHandle]) -> [WorkerHandle] {
    if case .unix = address { return Array(workers.prefix(1)) }
    return workers
  }

  /// The first socket of an address.
  private static func open(_ address: ListenAddress, ownPorts: Set<UInt16>) throws -> ListeningSocket {
    let label = address.description
    switch address {
    case .tcp(let host, let port):
      let target = try SocketAddress.makeAddressResolvingHost(host, port: Int(port))
      return try ListeningSocket.open(target, label: label, joins: port != 0 && ownPorts.contains(port))
    case .unix(let path):
      try StaleSocket.remove(path)
      return try ListeningSocket.open(SocketAddress(unixDomainSocketPath: path), label: label, joins: false)
    }
  }

  /// A further one, at the port that the first has.
  private static func join(_ bound: BoundAddress, of address: ListenAddress) throws -> ListeningSocket? {
    guard case .tcp(let first) = bound, let target = SocketAddress(first, port: first.port) else { return nil }
    return try ListeningSocket.open(target, label: address.description, joins: true)
  }

  private static func accept(
    on socket: ListeningSocket, _ acceptor: WorkerHandle, _ served: [WorkerHandle],
    _ configuration: ListenerConfiguration, _ place: Place
  ) async throws -> Acceptor {
    let (index, security) = (place.index, place.security)
    var hosts: [Host] = []
    for worker in served {
      let state = try await worker.ask { worker in
        NIOLoopBound(worker.listener(for: configuration, index: index, security: security), eventLoop: worker.loop)
      }
      hosts.append(Host(worker: worker, state: state))
    }
    let acceptSwitch = try await acceptor.ask { worker in
      NIOLoopBound(AcceptSwitch(worker.handle), eventLoop: worker.loop)
    }
    let descriptor = socket.duplicate()
    guard descriptor >= 0 else { throw SystemError(call: "dup", errno: errno) }
    let spread = served.count > 1 ? place.group : acceptor.loop
    let channel = try await ServerBootstrap(group: acceptor.loop, childGroup: spread)
      .serverChannelOption(.autoRead, value: false)
      .serverChannelOption(.maxMessagesPerRead, value: 16)
      // Accepted sockets inherit it from the listening one.
      .serverChannelOption(.socketOption(.so_rcvbuf), value: .init(place.receiveBuffer))
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(acceptSwitch.value)
        }
      }
      .childChannelInitializer { [hosts] channel in
        channel.eventLoop.makeCompletedFuture {
          guard let host = hosts.first(where: { $0.worker.loop === channel.eventLoop }) else { return }
          try host.worker.accepted(channel, on: host.state.value)
        }
      }
      .withBoundSocket(descriptor).get()
    socket.restoreBacklog()
    return Acceptor(channel: channel, acceptSwitch: acceptSwitch, workers: served)
  }

  /// A worker and its part of the listener.
  private struct Host: Sendable {
    let worker: WorkerHandle
    let state: NIOLoopBound<ListenerState>
  }

  func startAccepting() async throws {
    for acceptor in acceptors { try await setAccepting(true, acceptor) }
  }

  /// What connects from now on waits in the queue.
  func pauseAccepting() async {
    for acceptor in acceptors { try? await setAccepting(false, acceptor) }
  }

  private func setAccepting(_ isOn: Bool, _ acceptor: Acceptor) async throws {
    let acceptSwitch = acceptor.acceptSwitch
    try await acceptor.channel.eventLoop.submit { acceptSwitch.value.set(isOn) }.get()
  }

  // MARK: Closing

  /// Stops accepting for good. Connections in the accept queue are taken first: closing the socket would reset them.
  func close() async {
    for acceptor in acceptors {
      await AcceptQueue.drain(acceptor.channel, of: acceptor.workers)
      try? await acceptor.channel.close()
    }
    for socket in sockets {
      socket.removeFile()
      socket.close()
    }
  }

  /// Stops accepting here: another process has the sockets, and empties their queues.
  func release() async {
    for acceptor in acceptors { try? await acceptor.channel.close() }
    for socket in sockets { socket.close() }
  }
}
