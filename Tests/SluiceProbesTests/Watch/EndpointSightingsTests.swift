import SluiceIncidents
import Testing

@testable import SluiceProbes

@Suite("What the watch makes of what it sees")
struct EndpointSightingsTests {
  private func process(
    _ number: Int32, started: Int64, command: String = "node app.js --port 3000", isWorker: Bool = false
  ) -> ProcessSighting {
    var sighting = ProcessSighting(
      process: number, name: "node", command: command, firstSeen: started, lastSeen: started)
    sighting.startedAt = started
    sighting.addresses = ["127.0.0.1:3000"]
    sighting.program = "/usr/bin/node"
    sighting.isWorker = isWorker
    return sighting
  }

  private func watched() -> EndpointSightings { EndpointSightings(endpoint: "http://127.0.0.1:3000") }

  private func killed() -> ProcessEnd { ProcessEnd(status: 9) }

  @Test("the first process is kept and is no change; the same again is nothing new")
  func first() {
    var state = watched()
    let one = process(1, started: 1000)
    #expect(state.saw([one], at: 1000) == [.keep(one)])
    #expect(state.saw([one], at: 3000) == [])
    #expect(!state.isLeft)
  }

  @Test("what goes on is kept once a minute")
  func minute() {
    var state = watched()
    _ = state.saw([process(1, started: 1000)], at: 1000)
    #expect(state.tick(at: 60_999) == [])
    guard case .keep(let kept) = state.tick(at: 61_000).first else { return #expect(Bool(false), "nothing kept") }
    #expect(kept.lastSeen == 61_000 && kept.firstSeen == 1000)
    #expect(state.tick(at: 62_000) == [])
  }

  @Test("a process that ends is kept with its end, and its successor is a change")
  func replaced() {
    var state = watched()
    _ = state.saw([process(1, started: 1000)], at: 1000)
    let ended = state.ended(1, killed(), at: 5000)
    guard case .keep(let kept) = ended.first else { return #expect(Bool(false), "nothing kept") }
    #expect(kept.endedAt == 5000 && kept.signal == 9 && kept.exitStatus == nil)
    #expect(state.isLeft)
    let next = process(2, started: 6000, command: "node app.js --port 3001")
    #expect(
      state.saw([next], at: 6000) == [
        .keep(next),
        .tell("http://127.0.0.1:3000 is served by process 2 (node) now, before by 1"),
      ])
    #expect(!state.isLeft)
  }

  @Test("what differs is told with the change: container, program file, arguments")
  func differences() {
    var state = watched()
    _ = state.saw([process(1, started: 1000)], at: 1000)
    var next = process(2, started: 6000, command: "node other.js")
    next.container = "3f8a3f8a3f8a"
    next.program = "/opt/node"
    let effects = state.saw([next], at: 6000)
    #expect(
      effects.last
        == .tell(
          "http://127.0.0.1:3000 is served by process 2 (node) now, before by 1, in another container, "
            + "from another program file, with other arguments"))
  }

  @Test("the same number with another start is another process")
  func reused() {
    var state = watched()
    _ = state.saw([process(1, started: 1000)], at: 1000)
    #expect(state.saw([process(1, started: 20_000)], at: 20_000).count == 2)
  }

  @Test("more of an end is told when it is known, and then it is forgotten")
  func late() {
    var state = watched()
    _ = state.saw([process(1, started: 1000)], at: 1000)
    var end = ProcessEnd()
    end.isFinal = false
    #expect(state.ended(1, end, at: 5000).count == 1)
    guard case .keep(let kept) = state.ended(1, killed(), at: 5500).first else {
      return #expect(Bool(false), "nothing kept")
    }
    #expect(kept.endedAt == 5000 && kept.signal == 9)
    #expect(state.ended(1, killed(), at: 6000) == [])
  }

  @Test("where the program listens after it has left is kept and told once")
  func elsewhere() {
    var state = watched()
    _ = state.saw([process(1, started: 1000)], at: 1000)
    _ = state.ended(1, killed(), at: 5000)
    var moved = process(2, started: 6000)
    moved.addresses = ["127.0.0.1:3001"]
    let effects = state.sawElsewhere([moved], at: 6000)
    moved.isElsewhere = true
    #expect(
      effects == [
        .keep(moved), .tell("the program of http://127.0.0.1:3000 listens at 127.0.0.1:3001 now (process 2)"),
      ])
    #expect(state.sawElsewhere([moved], at: 8000) == [])
    #expect(state.isLeft)
  }

  @Test("workers are kept, and their change is none of the endpoint")
  func workers() {
    var state = watched()
    let (master, one) = (process(1, started: 1000), process(2, started: 1100, isWorker: true))
    #expect(state.saw([master, one], at: 2000).count == 2)
    _ = state.ended(2, killed(), at: 3000)
    let two = process(3, started: 3100, isWorker: true)
    #expect(state.saw([master, two], at: 4000) == [.keep(two)])
  }

  @Test("no more processes are known than the bound says")
  func bound() {
    var state = watched()
    let many = (1...100).map { process(Int32($0), started: 1000, isWorker: $0 > 1) }
    #expect(state.saw(many, at: 1000).count == EndpointSightings.processesMax)
    #expect(state.known.count == EndpointSightings.processesMax)
  }

  @Test("how a process ended, as wait(2) tells it")
  func statuses() {
    #expect(ProcessEnd(status: 9).signal == 9)
    #expect(ProcessEnd(status: 139).signal == 11)
    #expect(ProcessEnd(status: 7 << 8).exitStatus == 7)
    #expect(ProcessEnd(status: 0).exitStatus == 0)
    #expect(!ProcessEnd().isKnown)
  }
}
