import Glibc
import SluiceCore
import SluiceGateway
import TestSupport
import Testing

@Suite struct HappyEyeballsTests {
  private func at(_ milliseconds: Int64) -> Instant { Instant(nanoseconds: 0) + .milliseconds(milliseconds) }

  @Test func familiesTakeTurnsBeginningWithV6() {
    let addresses: [EndpointAddress] = [
      .v4(1, 0, 0, 1), .v4(1, 0, 0, 2), .v4(1, 0, 0, 1), .v6(1), .v4(1, 0, 0, 3), .v6(2),
    ]
    #expect(
      AddressOrder.interleaved(addresses)
        == [.v6(1), .v4(1, 0, 0, 1), .v6(2), .v4(1, 0, 0, 2), .v4(1, 0, 0, 3)])
    #expect(AddressOrder.interleaved(addresses, first: .v4).first == .v4(1, 0, 0, 1))
    #expect(AddressOrder.interleaved([]).isEmpty)
  }

  @Test func theFirstSuccessWinsAndTheOthersAreCancelled() {
    var machine = HappyEyeballs(attemptCount: 3)
    #expect(machine.handle(.started, at: at(0)) == [.start(attempt: 0), .setTimer(at(250))])
    #expect(machine.handle(.timerFired, at: at(249)) == [])
    #expect(machine.handle(.timerFired, at: at(250)) == [.start(attempt: 1), .setTimer(at(500))])
    #expect(
      machine.handle(.connected(attempt: 1), at: at(260)) == [.clearTimer, .cancel(attempt: 0), .succeed(attempt: 1)])
    #expect(machine.isEnded)
    // The loser came up before its cancelling reached it.
    #expect(machine.handle(.connected(attempt: 0), at: at(261)) == [.cancel(attempt: 0)])
    #expect(machine.handle(.failed(attempt: 0, errno: ECONNREFUSED), at: at(262)) == [])
    #expect(machine.handle(.timerFired, at: at(500)) == [])
  }

  @Test func aFailureStartsTheNextAtOnce() {
    var machine = HappyEyeballs(attemptCount: 2)
    _ = machine.handle(.started, at: at(0))
    #expect(
      machine.handle(.failed(attempt: 0, errno: ENETUNREACH), at: at(1)) == [.start(attempt: 1), .clearTimer])
    #expect(
      machine.handle(.failed(attempt: 1, errno: ECONNREFUSED), at: at(2)) == [.fail(attempt: 1, errno: ECONNREFUSED)])
  }

  @Test func aSingleAddressNeedsNoTimer() {
    var machine = HappyEyeballs(attemptCount: 1)
    #expect(machine.handle(.started, at: at(0)) == [.start(attempt: 0)])
    #expect(machine.handle(.connected(attempt: 0), at: at(1)) == [.succeed(attempt: 0)])
  }

  @Test(
    arguments: [
      ([ENETUNREACH, ECONNREFUSED], 1), ([ECONNREFUSED, ETIMEDOUT], 0), ([EHOSTUNREACH, ETIMEDOUT], 1),
      ([ECONNREFUSED, EMFILE], 1), ([ECONNREFUSED, ECONNREFUSED], 0), ([ENETUNREACH, EADDRNOTAVAIL], 1),
    ])
  func theMostTellingErrorIsTold(errnos: [Int32], telling: Int) {
    var machine = HappyEyeballs(attemptCount: errnos.count)
    _ = machine.handle(.started, at: at(0))
    var last: [HappyEyeballs.Effect] = []
    for (attempt, errno) in errnos.enumerated() {
      last = machine.handle(.failed(attempt: attempt, errno: errno), at: at(1))
    }
    #expect(last == [.fail(attempt: telling, errno: errnos[telling])])
  }

  @Test func theDeadlineEndsEverythingStillOpen() {
    var machine = HappyEyeballs(attemptCount: 3)
    _ = machine.handle(.started, at: at(0))
    _ = machine.handle(.failed(attempt: 0, errno: ENETUNREACH), at: at(1))
    #expect(
      machine.handle(.deadlinePassed, at: at(100))
        == [.clearTimer, .cancel(attempt: 1), .fail(attempt: 1, errno: ETIMEDOUT)])
  }

  @Test func aCancelledConnectTellsNothing() {
    var machine = HappyEyeballs(attemptCount: 2)
    _ = machine.handle(.started, at: at(0))
    #expect(machine.handle(.cancelled, at: at(1)) == [.clearTimer, .cancel(attempt: 0)])
    #expect(machine.handle(.cancelled, at: at(2)) == [])
  }

  @Test func noAddressFails() {
    var machine = HappyEyeballs(attemptCount: 0)
    #expect(machine.handle(.started, at: at(0)) == [.fail(attempt: 0, errno: EDESTADDRREQ)])
  }

  @Test func attemptsAreBounded() {
    var machine = HappyEyeballs(attemptCount: 1000)
    var effects = machine.handle(.started, at: at(0))
    var started = 0
    while case .start(let attempt)? = effects.first {
      started += 1
      effects = machine.handle(.failed(attempt: attempt, errno: ECONNREFUSED), at: at(1))
    }
    #expect(started == AddressOrder.attemptsMax)
    #expect(effects == [.fail(attempt: 0, errno: ECONNREFUSED)])
  }

  /// Every sequence of events up to a length, held to what must always be true.
  @Test func noSequenceOfEventsBreaksTheRules() {
    let events: [HappyEyeballs.Event] = [
      .started, .connected(attempt: 0), .connected(attempt: 1), .failed(attempt: 0, errno: ECONNREFUSED),
      .failed(attempt: 1, errno: ETIMEDOUT), .timerFired, .deadlinePassed, .cancelled, .connected(attempt: -1),
    ]
    func explore(_ machine: HappyEyeballs, _ open: Set<Int>, _ ends: Int, _ depth: Int) {
      guard depth > 0 else { return }
      for event in events {
        var next = machine
        var open = open
        var ends = ends
        if case .failed(let attempt, _) = event { open.remove(attempt) }
        for effect in next.handle(event, at: at(Int64(6 - depth) * 300)) {
          switch effect {
          case .start(let attempt): #expect(open.insert(attempt).inserted && ends == 0)
          case .cancel(let attempt): open.remove(attempt)
          case .succeed(let attempt):
            #expect(open == [attempt])
            open = []
            ends += 1
          case .fail: ends += 1
          case .setTimer, .clearTimer: break
          }
        }
        #expect(ends <= 1)
        #expect(!next.isEnded || open.isEmpty)
        explore(next, open, ends, depth - 1)
      }
    }
    explore(HappyEyeballs(attemptCount: 2), [], 0, 5)
  }
}
