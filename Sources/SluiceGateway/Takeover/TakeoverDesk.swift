internal import CCares
internal import Glibc
public import Logging
internal import NIOCore
internal import SluiceCore
internal import SluiceIncidents
internal import Synchronization

/// Where a running gateway can be asked for its listening sockets: a Unix socket and the thread that serves it.
public final class TakeoverDesk: Sendable {
  private let inbox: TakeoverInbox
  private let folder: FolderDescriptor
  private let name: String

  /// Opens the socket (mode 0600, in a folder of mode 0700) and starts the thread.
  ///
  /// - Parameter onRelease: the sockets were given away: drain, and end.
  /// - Throws: `TakeoverError`. The gateway runs without it; it cannot be taken over then.
  public static func open(
    in folder: TakeoverFolder, of gateway: Gateway, logger: Logger, onRelease: @escaping @Sendable () -> Void
  ) throws(TakeoverError) -> TakeoverDesk {
    let opened = try folder.open()
    let name = "\(getpid())-\(String(UInt32.random(in: 0 ... .max), radix: 16)).sock"
    let listener = try TakeoverConnection.make()
    do throws(TakeoverError) {
      try listen(listener, at: opened.path(of: name))
      let inbox = try TakeoverInbox()
      let desk = TakeoverDesk(inbox: inbox, folder: opened, name: name)
      let loop = LoopParts(
        listener: listener, inbox: inbox, gateway: gateway, logger: logger, onRelease: onRelease)
      guard SystemThread.start({ loop.run() }) else { throw .system("pthread_create", EAGAIN) }
      return desk
    } catch {
      Glibc.close(listener)
      opened.remove(name)
      throw error
    }
  }

  private init(inbox: TakeoverInbox, folder: FolderDescriptor, name: String) {
    self.inbox = inbox
    self.folder = folder
    self.name = name
  }

  private static func listen(_ socket: Int32, at path: String) throws(TakeoverError) {
    guard let address = try? SocketAddress(unixDomainSocketPath: path) else { throw .system("bind", ENAMETOOLONG) }
    // The mode of the file; the folder keeps others out until it is set.
    guard address.withSockAddr({ bind(socket, $0, socklen_t($1)) }) == 0 else { throw .system("bind", errno) }
    guard chmod(path, 0o600) == 0 else { throw .system("chmod", errno) }
    guard Glibc.listen(socket, 8) == 0 else { throw .system("listen", errno) }
  }

  /// Nobody can ask any longer.
  public func close() {
    folder.remove(name)
    inbox.post(.stop)
  }

  /// What the loop is made of, on its own thread.
  private struct LoopParts: Sendable {
    let listener: Int32
    let inbox: TakeoverInbox
    let gateway: Gateway
    let logger: Logger
    let onRelease: @Sendable () -> Void

    func run() {
      var loop = TakeoverDeskLoop(
        listener: listener, inbox: inbox, gateway: gateway, logger: logger, onRelease: onRelease)
      loop.run()
    }
  }
}
