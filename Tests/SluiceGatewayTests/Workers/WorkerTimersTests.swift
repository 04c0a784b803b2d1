import NIOPosix
import SluiceCore
import Testing

@testable import SluiceGateway

struct WorkerTimersTests {
  private final class Owner: TimerOwner {
    func timerCame(at now: Instant) -> Instant { .never }
  }

  /// A connection over TLS ends up to five seconds after it was closed, and so perhaps after its worker.
  @Test func anOwnerMayEndAfterItsWorkerHasStopped() async throws {
    let count = try await MultiThreadedEventLoopGroup.singleton.next().submit {
      let timers = WorkerTimers(
        loop: MultiThreadedEventLoopGroup.currentEventLoop ?? MultiThreadedEventLoopGroup.singleton.any())
      let entry = timers.add(Owner())
      timers.stop()
      timers.remove(entry)
      return timers.count
    }.get()
    #expect(count == 0)
  }
}
