internal import CLinux
public import SluiceConfiguration
public import SluiceIncidents
internal import Synchronization

/// Watches who listens at the endpoints of this machine while a gateway runs: how a process ended, and what listens
/// elsewhere after it, cannot be seen afterwards.
///
/// One thread, and only where an endpoint is local. It costs two questions to the kernel every two seconds; processes
/// are looked at only where a socket is another one than before.
public final class EndpointWatch: Sendable {
  struct State {
    var endpoints: [WatchedEndpoint] = []
    var generation = 0
    var isRunning = false
    var stops = false
  }

  let state = Mutex(State())
  let wake = WakePipe()
  let keep: @Sendable (ProcessSighting, _ endpoint: String, _ upstream: String) -> Void
  let onChange: @Sendable (Change) -> Void

  /// - Parameters:
  ///   - keep: called on the watch's thread with what is to be stored; it must not wait.
  ///   - onChange: called on the watch's thread with what is another since the look before; it must not wait.
  public init(
    keep: @escaping @Sendable (ProcessSighting, _ endpoint: String, _ upstream: String) -> Void,
    onChange: @escaping @Sendable (Change) -> Void
  ) {
    self.keep = keep
    self.onChange = onChange
  }

  /// Watches the local endpoints of a configuration from now on; at the start and at each reload.
  public func adopt(_ configuration: Configuration) {
    watch(WatchedEndpoint.local(configuration, among: LocalAddresses.all()))
  }

  func watch(_ endpoints: [WatchedEndpoint]) {
    let starts = state.withLock { state in
      guard !state.stops else { return false }
      state.endpoints = endpoints
      state.generation += 1
      guard !endpoints.isEmpty, !state.isRunning else { return false }
      state.isRunning = true
      return true
    }
    wake.raise()
    guard starts else { return }
    let isStarted = SystemThread.start { [self] in
      sluice_name_watch("sluice-watch")
      var loop = WatchLoop(self)
      loop.run()
    }
    if !isStarted { state.withLock { $0.isRunning = false } }
  }

  /// Ends the thread; does not wait for it.
  public func stop() {
    state.withLock { $0.stops = true }
    wake.raise()
  }
}
