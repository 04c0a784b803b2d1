internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import SluiceConfiguration
internal import SluiceCore

/// The listening sockets of one address: one for each worker, or one for all where the kind of socket allows no more.
struct Listener: Sendable {
  let address: ListenAddress
  /// In the order of the workers that accept on them.
  let channels: [any Channel]
  private let workers: [WorkerHandle]

  /// The address as bound, with the port that the system chose.
  var localAddress: SocketAddress? { channels.first?.localAddress }

  /// Bytes of connections that wait to be accepted.
  static let backlog = 4096

  /// - Throws: `ListenError`, which says what, where and what to do.
  static func bind(
    _ configuration: ListenerConfiguration, index: UInt16, workers: [WorkerHandle], receiveBuffer: Int
  ) async throws -> Listener {
    var channels: [any Channel] = []
    var port: Int?
    do {
      for worker in accepting(configuration.address, workers) {
        let channel = try await bindOne(
          configuration, index, worker, port: port, sharesPort: workers.count > 1, receiveBuffer)
        // The workers after the first share the port that the system gave it.
        port = channel.localAddress?.port
        channels.append(channel)
      }
    } catch {
      for channel in channels { channel.close(promise: nil) }
      throw ListenError(address: configuration.address, error)
    }
    return Listener(address: configuration.address, channels: channels, workers: workers)
  }

  /// SO_REUSEPORT spreads the accepts over workers; Unix sockets do not have it.
  private static func accepting(_ address: ListenAddress, _ workers: [WorkerHandle]) -> ArraySlice<WorkerHandle> {
    if case .unix = address { return workers.prefix(1) }
    return workers[...]
  }

  private static func bindOne(
    _ configuration: ListenerConfiguration, _ index: UInt16, _ worker: WorkerHandle, port: Int?, sharesPort: Bool,
    _ receiveBuffer: Int
  ) async throws -> any Channel {
    let address = configuration.address
    let state = try await worker.ask { worker in
      NIOLoopBound(worker.listener(for: configuration, index: index), eventLoop: worker.loop)
    }
    let bootstrap = ServerBootstrap(group: worker.loop)
      .serverChannelOption(.backlog, value: Int32(backlog))
      .serverChannelOption(.maxMessagesPerRead, value: 16)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      // Accepted sockets inherit it from the listening one.
      .serverChannelOption(.socketOption(.so_rcvbuf), value: .init(receiveBuffer))
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(AcceptErrors(worker))
        }
      }
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try worker.accepted(channel, on: state.value) }
      }
    switch address {
    case .unix(let path):
      return try await bootstrap.bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
    case .tcp(let host, let configured):
      let target = try SocketAddress.makeAddressResolvingHost(host, port: port ?? Int(configured))
      let reusePort = ChannelOptions.Types.SocketOption(level: .socket, name: .init(rawValue: SO_REUSEPORT))
      let shared = sharesPort ? bootstrap.serverChannelOption(reusePort, value: 1) : bootstrap
      return try await shared.bind(to: target).get()
    }
  }

  /// Stops accepting. Connections in the accept queue are taken first: closing the socket would reset them.
  func close() async {
    for (channel, worker) in zip(channels, workers) {
      await AcceptQueue.drain(channel, of: worker)
      try? await channel.close()
    }
  }
}

/// A listener that could not be opened.
public struct ListenError: Error, CustomStringConvertible {
  let address: ListenAddress
  let errno: Int32
  let underlying: String

  init(address: ListenAddress, _ error: any Error) {
    self.address = address
    errno = (error as? IOError)?.errnoCode ?? 0
    underlying = "\(error)"
  }

  public var description: String { "cannot listen on \(address): \(reason)" }

  private var reason: String {
    switch errno {
    case EADDRINUSE: "another process listens there; stop it or choose another address"
    case EACCES:
      "no right to do so; ports below 1024 need root or CAP_NET_BIND_SERVICE, a Unix socket needs a writable folder"
    case EADDRNOTAVAIL: "this machine has no such address"
    case EMFILE, ENFILE: "no file descriptor is left; raise the limit (ulimit -n)"
    case ENOENT: "the folder of the socket does not exist"
    default: underlying
    }
  }
}
