import Glibc
import SluiceIncidents
import Testing

@testable import SluiceProbes

@Suite struct LookTests {
  @Test func whatIsSeenInTimeIsHandedOn() async {
    let seen: Seen<Int> = await Look.within(.seconds(30)) { .value(3) }
    #expect(seen == .value(3))
  }

  @Test(.timeLimit(.minutes(1)))
  func nobodyWaitsLongerThanTheLimit() async {
    let seen: Seen<Int> = await Look.within(.milliseconds(20)) {
      try? await Task.sleep(for: .seconds(600))
      return .value(3)
    }
    #expect(seen == .timedOut(milliseconds: 20))
  }

  @Test(.timeLimit(.minutes(1)))
  func aLookThatBlocksHoldsUpNobody() async {
    let seen: Seen<Int> = await Look.blocking(within: .milliseconds(20)) {
      _ = Self.readLineThatNeverComes()
      return .value(3)
    }
    #expect(seen == .timedOut(milliseconds: 20))
  }

  /// Blocks its thread for a second, whatever happens to the task.
  private static func readLineThatNeverComes() -> Bool {
    var ends: (read: Int32, write: Int32) = (-1, -1)
    return withUnsafeMutableBytes(of: &ends) { pipe($0.assumingMemoryBound(to: Int32.self).baseAddress) == 0 }
      && {
        var wanted = pollfd(fd: ends.read, events: Int16(POLLIN), revents: 0)
        defer {
          close(ends.read)
          close(ends.write)
        }
        return poll(&wanted, 1, 1000) == 1
      }()
  }
}
