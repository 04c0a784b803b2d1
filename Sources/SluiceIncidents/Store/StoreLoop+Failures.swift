internal import Synchronization

/// What is done where the store cannot be opened or written.
extension StoreLoop {
  /// Opens the file where it is time to, and opens it again where its name stands for another file than ours.
  mutating func open(_ taken: Taken, at now: Int64) {
    guard retryIn == 0 else { return }
    if let open = store, file.identity != open.identity { abandon(open) }
    guard store == nil else { return }
    do {
      let writer = writer
      let open = try StoreConnection(file, bounds: taken.bounds) { writer.state.withLock { $0.isAbandoned } }
      do {
        tracker.takeUp(try open.ongoing())
        store = open
      } catch {
        open.close()
        throw error
      }
    } catch {
      failed(StoreFailure(error), at: now)
    }
  }

  private mutating func abandon(_ open: StoreConnection) {
    open.close()
    store = nil
    tracker.forgetNumbers()
  }

  /// The store has taken something, or has shown that it would.
  mutating func worked(at now: Int64) {
    failures = 0
    guard isFailing else { return }
    isFailing = false
    let dropped = writer.state.withLock { state in
      state.counters.failingSince = nil
      return state.counters.dropped
    }
    writer.report(.working(dropped: dropped - toldDrops, path: file.path))
    toldDrops = dropped
    dropsToldAt = now
  }

  /// Drops of a store that works: more came than it took.
  mutating func tellDrops(at now: Int64) {
    let dropped = writer.state.withLock { $0.counters.dropped }
    guard dropped > toldDrops else { return }
    guard Self.isDue(dropsToldAt, after: Self.dropsPause, at: now) else { return }
    writer.report(.dropped(dropped - toldDrops, path: file.path))
    toldDrops = dropped
    dropsToldAt = now
  }

  mutating func failed(_ failure: StoreFailure, at now: Int64) {
    var failure = failure
    failures += 1
    retryIn = min(Self.retryPauseMin << min(failures - 1, 10), Self.retryPauseMax)
    hasSurplus = false
    switch failure {
    case .busy:
      guard failures >= Self.busyMax else { return }
    case .logHeld:
      break
    case .damaged(let reason):
      guard let refusal = moveAside(because: reason, at: now) else { return }
      failure = .damaged("\(reason); \(refusal)")
    case .cannotOpen, .notWritable, .full, .inputOutput, .newerSchema, .foreign, .noThread, .other:
      if let open = store { open.close() }
      store = nil
    }
    guard !isFailing else { return }
    isFailing = true
    writer.state.withLock { $0.counters.failingSince = now }
    writer.report(.failing(failure, path: file.path))
  }

  /// Renames a damaged file, unless somebody else has done so meanwhile.
  ///
  /// - Returns: why it cannot be renamed.
  private mutating func moveAside(because reason: String, at now: Int64) -> StoreFailure? {
    let opened = store?.identity
    if let open = store { abandon(open) }
    if let opened, file.identity != opened { return nil }
    do {
      let target = try file.moveAside(at: now)
      tracker.forgetNumbers()
      // The first time the new file is begun at once; a disk that damages each is left alone for longer and longer.
      if failures == 1 { retryIn = 0 }
      writer.report(.movedAside(path: file.path, to: target, because: reason))
      return nil
    } catch {
      return error
    }
  }

  /// Waits before the next try, at most for a tick: what comes meanwhile is still told as problems.
  mutating func waitToRetry() {
    let wait = min(retryIn, Self.tick)
    if writer.signal.wait(wait) { pause(milliseconds: min(wait, Self.retryPauseMin)) }
    retryIn -= wait
  }

  /// Whether the end is come without everything being written: nobody waits any more, or the store fails for a reason
  /// that waiting does not heal.
  func isEndWithout(_ taken: Taken) -> Bool {
    guard !taken.isAbandoned else { return true }
    return isFailing && failures >= 2 && store == nil
  }
}
