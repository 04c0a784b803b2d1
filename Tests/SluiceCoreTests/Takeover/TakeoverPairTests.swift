import SluiceCore
import Testing

/// Both sides of a takeover with everything between them in a random order: delays, deadlines, and a newer process
/// that dies at any moment.
@Suite("takeover: both sides")
struct TakeoverPairTests {
  private struct World {
    var random: SplitMix64
    var giver = TakeoverGiver()
    var taker = TakeoverTaker()
    var toGiver: [TakeoverGiver.Event] = []
    var toTaker: [TakeoverTaker.Event] = []
    /// What the older gateway is still busy with.
    var answers: [TakeoverGiver.Event] = []
    /// What the newer process is still busy with.
    var steps: [TakeoverTaker.Event] = [.connected]
    var olderAccepts = true
    var olderHasReleased = false
    var newerAccepts = false
    var newerIsAlive = true
    var isGranted: Bool
    var isDone = false

    /// - Parameter patience: how seldom deadlines come, as one in so many.
    mutating func run(killsAtStep killed: Int?, patience: UInt64) {
      for step in 0..<200 {
        if step == killed { kill() }
        // A deadline is long beside the time of a message: what has arrived is read before, and the newer process,
        // which waits ten times as long, hears the older one's end of patience before its own.
        if toGiver.isEmpty, random.next() % patience == 0 { perform(giver.handle(.deadlineCame)) }
        let isQuiet = toGiver.isEmpty && toTaker.isEmpty && answers.isEmpty
        if newerIsAlive, isQuiet, random.next() % patience == 0 { perform(taker.handle(.deadlineCame)) }
        let roll = random.next() % 4
        switch roll {
        case 0 where !toGiver.isEmpty: perform(giver.handle(toGiver.removeFirst()))
        case 1 where !toTaker.isEmpty && newerIsAlive: perform(taker.handle(toTaker.removeFirst()))
        case 2 where !answers.isEmpty: answer(answers.removeFirst())
        case 3 where !steps.isEmpty && newerIsAlive: take(steps.removeFirst())
        default: break
        }
      }
    }

    mutating func kill() {
      guard newerIsAlive else { return }
      newerIsAlive = false
      newerAccepts = false
      toGiver.append(.closed)
    }

    private mutating func answer(_ event: TakeoverGiver.Event) {
      if event == .paused { olderAccepts = false }
      if event == .stopped { (olderAccepts, olderHasReleased) = (false, true) }
      perform(giver.handle(event))
    }

    private mutating func take(_ event: TakeoverTaker.Event) {
      if event == .accepting { newerAccepts = true }
      perform(taker.handle(event))
    }

    private mutating func perform(_ effects: [TakeoverGiver.Effect]) {
      for effect in effects {
        switch effect {
        case .sendIdentity: break
        case .ask: answers.append(isGranted ? .granted(sockets: 2) : .denied(.busy))
        case .send(let message): toTaker.append(.received(message, descriptors: 0))
        case .sendSockets(let range):
          toTaker.append(.received(.sockets(range.map(String.init)), descriptors: range.count))
        case .pause: answers.append(.paused)
        case .release: answers.append(.stopped)
        case .keep: olderAccepts = true
        case .close: toTaker.append(.closed)
        }
      }
    }

    private mutating func perform(_ effects: [TakeoverTaker.Effect]) {
      for effect in effects {
        switch effect {
        case .send(let message): toGiver.append(.received(message))
        case .keep: break
        case .complete: steps.append(.ready([0, 1]))
        case .accept: steps.append(.accepting)
        case .done: isDone = true
        // A process that fails to take over ends; what it has accepted it still answers.
        case .fail: kill()
        }
      }
    }
  }

  private static let seeds: Range<UInt64> = 0..<400

  @Test("without trouble, the newer process accepts alone at the end", arguments: [true, false])
  func undisturbed(isGranted: Bool) {
    for seed in Self.seeds {
      var world = World(random: SplitMix64(seed: seed), isGranted: isGranted)
      world.run(killsAtStep: nil, patience: .max)
      #expect(world.isDone == isGranted && world.newerAccepts == isGranted, "seed \(seed)")
      #expect(world.olderAccepts == !isGranted && world.olderHasReleased == isGranted, "seed \(seed)")
    }
  }

  @Test("whoever dies and whatever comes late, somebody accepts unless the successor itself was killed")
  func disturbed() {
    var outcomes: Set<String> = []
    for seed in Self.seeds {
      for killed in [nil, 3, 10, 20, 30, 40, 60] as [Int?] {
        var world = World(random: SplitMix64(seed: seed), isGranted: true)
        world.run(killsAtStep: killed, patience: killed == nil ? 40 : .max)
        let story = "seed \(seed), killed at \(killed.map(String.init) ?? "no step")"
        #expect(world.giver.isEnded && world.answers.isEmpty, "\(story)")
        if world.olderHasReleased {
          // The newer one had said that it accepts.
          #expect(!world.olderAccepts, "\(story)")
          outcomes.insert(world.newerAccepts ? "taken over" : "killed as successor")
        } else {
          #expect(world.olderAccepts, "nobody accepts: \(story)")
          #expect(!world.newerAccepts, "\(story)")
          outcomes.insert("as before")
        }
      }
    }
    #expect(outcomes == ["taken over", "killed as successor", "as before"])
  }
}
