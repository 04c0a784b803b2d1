public import SluiceConfiguration
public import SluiceIncidents
internal import NIOPosix
internal import Synchronization

/// Looks at an endpoint when a problem with it begins, so that its incidents have what can only be seen at that moment.
///
/// # Why this way
/// A process that was killed is started again, a queue empties, a kernel's log turns over: whoever asks an hour later
/// finds nothing. The looks are the cheap ones, and `LookSchedule` bounds them. They run beside the workers, on the
/// threads of the concurrency runtime, and their result goes to the store.
public final class ProblemLooks: Sendable {
  private struct State {
    var schedule = LookSchedule()
    /// By upstream.
    var targets: [String: [ProbeTarget]] = [:]
    var keep: (@Sendable (Examination) -> Void)?
    var isStopped = false
  }

  private let state = Mutex(State())
  private let examine: @Sendable (ProbeTarget) async -> Examination

  /// - Parameter examine: the look.
  public init(examine: @escaping @Sendable (ProbeTarget) async -> Examination) {
    self.examine = examine
    // Its loops are made now: at the limit of descriptors they could not be, and the library traps.
    _ = MultiThreadedEventLoopGroup.singleton.next()
  }

  /// Who takes what was seen; until then nothing is looked at. It must not wait.
  public func bind(_ keep: @escaping @Sendable (Examination) -> Void) { state.withLock { $0.keep = keep } }

  /// At the start and at each reload.
  ///
  /// - Parameter installation: The gateway's name, by which it knows an answer of its own.
  public func adopt(_ configuration: Configuration, installation: String) {
    let targets =
      configuration.incidents.looks
      ? Dictionary(
        configuration.upstreams.map {
          ($0.name, ProbeTarget.targets(of: $0, in: configuration, installation: installation))
        },
        uniquingKeysWith: { first, _ in first }) : [:]
    state.withLock { $0.targets = targets }
  }

  /// Never waits.
  public func tell(_ event: ProblemEvent) {
    switch event {
    case .started(let problem), .persists(let problem): look(because: problem.key)
    case .ended: return
    }
  }

  /// Nothing begins any more; what runs ends by its own limits and is kept.
  public func stop() { state.withLock { $0.isStopped = true } }

  private func look(because problem: ProblemKey) {
    guard DescriptorReserve.isThere() else { return }
    let now = ProbeClock.wallMilliseconds()
    let (chosen, keep) = state.withLock { state -> ([ProbeTarget], (@Sendable (Examination) -> Void)?) in
      guard !state.isStopped, state.keep != nil, let upstream = problem.upstream else { return ([], nil) }
      let concerned = (state.targets[upstream] ?? []).filter { target in
        problem.endpoint == nil || problem.endpoint == target.target.endpoint
      }
      let looks = concerned.prefix(LookSchedule.endpointsMax).filter { target in
        state.schedule.begin(problem, upstream: upstream, endpoint: target.target.endpoint, at: now) == .look
      }
      return (looks, state.keep)
    }
    for target in chosen {
      Task.detached(priority: .utility) { [self] in
        keep?(await examine(target))
        state.withLock { $0.schedule.ended() }
      }
    }
  }
}
