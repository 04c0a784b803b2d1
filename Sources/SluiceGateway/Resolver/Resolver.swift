internal import Glibc
public import SluiceCore
internal import Synchronization

/// Resolves names to all their addresses, with TTLs and response codes, on a thread of its own.
///
/// Overview: literals, the hosts file and `localhost` are answered without a question; everything else is asked of the
/// DNS servers for A and AAAA side by side. The thread polls the transport's sockets and an eventfd through which
/// queries arrive.
///
/// Why a thread: the transport library and the files it reads may wait, and a worker must not. Why not the system's
/// `getaddrinfo`: it gives neither TTL nor response code, and its thread could not be told to stop.
///
/// Not handled here: caching and refreshing (`NameCache`, `EndpointResolver`), the order of connecting
/// (`AddressOrder`).
public final class Resolver: Sendable {
  private let inbox: ResolverInbox
  private let now: @Sendable () -> Instant
  /// Nil once it was joined or given up.
  private let thread: Mutex<pthread_t?>

  /// Starts the thread.
  ///
  /// - Parameter now: the monotonic clock; called from any thread.
  public init(
    _ configuration: ResolverOptions = ResolverOptions(), now: @escaping @Sendable () -> Instant
  ) throws(ResolverError) {
    let code = CaresLibrary.initialised
    guard code == 0 else { throw .transport(code) }
    let inbox = try ResolverInbox()
    let thread = try ResolverThread.start {
      let loop = ResolverLoop(configuration, inbox: inbox, now: now)
      loop.run()
    }
    self.inbox = inbox
    self.now = now
    self.thread = Mutex(thread)
  }

  /// Resolves one name: an address, or a host name with an optional final dot.
  ///
  /// - Parameter completion: called exactly once, on the resolver's thread; on the caller's, before this returns,
  ///   where the queue is full or the resolver stopped (then `detail` says so). It must not wait.
  public func resolve(_ name: String, _ completion: @escaping @Sendable (Resolution) -> Void) {
    switch inbox.offer(ResolverInbox.Query(name: name, start: now(), completion: completion)) {
    case .taken: return
    case .full: completion(.failed(.dnsServfail, of: name, detail: .queueFull))
    case .stopped: completion(.failed(.dnsServfail, of: name, detail: .stopped))
    }
  }

  /// Calls back on the resolver's thread, for those who refresh names.
  ///
  /// - Returns: false where the resolver is stopped or holds as many timers as it may. What waits at `stop` is dropped.
  @discardableResult
  public func after(_ delay: TimeSpan, _ action: @escaping @Sendable () -> Void) -> Bool {
    inbox.offer(ResolverInbox.Timer(deadline: now() + delay, action: action))
  }

  /// Completes everything that is open (`detail` says `stopped`), closes all descriptors and ends the thread.
  ///
  /// Returns when the thread has ended, except on the thread itself, which ends after the completion that calls this.
  public func stop() {
    inbox.stop()
    let taken: pthread_t? = thread.withLock { thread in
      defer { thread = nil }
      return thread
    }
    guard let taken else { return }
    if pthread_equal(taken, pthread_self()) != 0 {
      pthread_detach(taken)
    } else {
      pthread_join(taken, nil)
    }
  }

  deinit { stop() }
}
