internal import NIOCore
internal import SluiceCore

/// Who is looked at when a timer comes up.
protocol TimerOwner: AnyObject {
  /// Compares its deadline with `now`, acts where it has passed, and gives the deadline that it has then.
  func timerCame(at now: Instant) -> Instant
}

/// The timing wheel of a worker on one scheduled callback of its loop.
final class WorkerTimers {
  private let loop: any EventLoop
  private var wheel: TimerWheel
  private var owners: [(any TimerOwner)?] = []
  private var due: [TimerWheel.Entry] = []
  private var callback: NIOScheduledCallback?
  private var armedFor = Instant.never

  init(loop: any EventLoop) {
    self.loop = loop
    wheel = TimerWheel(at: Clock.now())
  }

  /// Entries that exist.
  var count: Int { wheel.count }

  func add(_ owner: any TimerOwner) -> TimerWheel.Entry {
    let entry = wheel.add()
    while owners.count <= Int(entry.index) { owners.append(nil) }
    owners[Int(entry.index)] = owner
    return entry
  }

  func remove(_ entry: TimerWheel.Entry) {
    wheel.remove(entry)
    owners[Int(entry.index)] = nil
  }

  /// The owner is looked at no later than `deadline`.
  func schedule(_ entry: TimerWheel.Entry, by deadline: Instant) {
    if wheel.schedule(entry, by: deadline), deadline < armedFor { arm() }
  }

  fileprivate func came() {
    callback = nil
    armedFor = .never
    let now = Clock.now()
    wheel.advance(to: now, into: &due)
    for entry in due {
      // An owner that came up before may have ended this one.
      guard let owner = owners[Int(entry.index)] else { continue }
      let next = owner.timerCame(at: now)
      if owners[Int(entry.index)] === owner { _ = wheel.schedule(entry, by: next) }
    }
    due.removeAll(keepingCapacity: true)
    arm()
  }

  private func arm() {
    let next = wheel.next
    guard next != .never, next < armedFor else { return }
    callback?.cancel()
    armedFor = next
    let deadline = NIODeadline.uptimeNanoseconds(UInt64(next.nanoseconds))
    callback = try? loop.scheduleCallback(at: deadline, handler: Callback(timers: NIOLoopBound(self, eventLoop: loop)))
  }

  private struct Callback: NIOScheduledCallbackHandler {
    let timers: NIOLoopBound<WorkerTimers>

    func handleScheduledCallback(eventLoop: some EventLoop) { timers.value.came() }
  }

  func stop() {
    callback?.cancel()
    callback = nil
    // Their places stay: a connection may end later than its worker, TLS waits for the peer's last word.
    for index in owners.indices { owners[index] = nil }
  }
}
