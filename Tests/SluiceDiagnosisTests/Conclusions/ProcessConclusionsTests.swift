import SluiceCore
import SluiceIncidents
import Testing

@testable import SluiceDiagnosis

@Suite("What sockets and processes explain")
struct ProcessConclusionsTests {
  private let now = Examination.sample { _ in }.time

  private func examined(
    connects: Bool? = false, _ change: (inout ListenersSeen) -> Void
  ) -> Examination {
    var listeners = ListenersSeen()
    change(&listeners)
    return .sample { examination in
      examination.listeners = .value(listeners)
      guard let connects else { return }
      var connection = ConnectionSeen(address: "127.0.0.1:3000")
      connection.cause = connects ? nil : Cause.connectRefused.identifier
      examination.connections = .value([connection])
    }
  }

  private func sighting(
    _ process: Int32 = 7, ran: Int64 = 3_600_000, endedAgo: Int64? = 20_000, signal: Int32? = nil, status: Int32? = nil
  ) -> ProcessSighting {
    let end = endedAgo.map { now - $0 }
    let start = (end ?? now) - ran
    var one = ProcessSighting(
      process: process, name: "node", command: "node app.js --port 3000", firstSeen: start, lastSeen: end ?? now)
    one.startedAt = start
    one.endedAt = end
    one.signal = signal
    one.exitStatus = status
    one.program = "/usr/bin/node"
    return one
  }

  private func process(_ number: Int32, startedAgo: Int64 = 5_000) -> ProcessSeen {
    var one = ProcessSeen(process: number, name: "node", command: "node app.js --port 3001", state: .sleeping)
    one.startedAt = now - startedAgo
    one.program = "/usr/bin/node"
    one.threads = 1
    one.cpuShare = 0
    return one
  }

  private func socket(_ address: String, _ process: Int32?, queued: Int = 0, max: Int? = 128) -> ListeningSocketSeen {
    var one = ListeningSocketSeen(address: address)
    one.process = process
    one.queued = queued
    one.queueMax = max
    return one
  }

  private func verdict(_ examination: Examination) -> (String, Sureness) {
    let verdict = diagnose(examination).verdict
    return (verdict.cause, verdict.sure)
  }

  // MARK: Nothing listens

  @Test("nothing is concluded where the listeners are not known, or a connection comes about")
  func silent() {
    #expect(ProcessConclusions.conclusions(.sample { $0.listeners = .notRun("no right") }).isEmpty)
    #expect(ProcessConclusions.conclusions(examined(connects: true) { _ in }).isEmpty)
  }

  @Test("never seen: certain where a connection was refused, likely where none was tried")
  func notRunning() {
    #expect(verdict(examined { _ in }) == ("not_running", .certain))
    #expect(verdict(examined(connects: nil) { _ in }) == ("not_running", .likely))
  }

  @Test(
    "how the last process ended",
    arguments: [
      (9, nil, false, "process_killed", Sureness.certain), (9, nil, nil, "process_killed", .likely),
      (15, nil, nil, "process_killed", .certain), (11, nil, nil, "program_fault", .certain),
      (6, nil, nil, "program_fault", .likely), (nil, 1, nil, "application_exited", .certain),
      (nil, nil, nil, "application_exited", .possible), (9, nil, true, "oom_killed", .certain),
    ] as [(Int32?, Int32?, Bool?, String, Sureness)])
  func ends(_ signal: Int32?, _ status: Int32?, _ isOutOfMemory: Bool?, _ cause: String, _ sure: Sureness) {
    var last = sighting(signal: signal, status: status)
    last.isOutOfMemory = isOutOfMemory
    // Of the rules over this machine alone: what the network shows may be surer where an end was not seen.
    let examination = examined { $0.history = [last] }
    let all = ResourceConclusions.conclusions(examination) + ProcessConclusions.conclusions(examination)
    let first = all.max { $0.explanation.sure < $1.explanation.sure }
    #expect(first?.explanation.name == cause, "\(all)")
    #expect(first?.explanation.sure == sure)
    #expect((first?.sentence.count ?? 0) <= Shown.sentenceMax)
  }

  @Test("a kill that the cgroup counted is likely the kernel's")
  func counted() {
    var last = sighting(signal: 9)
    last.cgroupKills = 1
    let diagnosis = diagnose(examined { $0.history = [last] })
    #expect(diagnosis.verdict.cause == "oom_killed" && diagnosis.verdict.sure == .likely)
    #expect(diagnosis.candidates.map(\.cause).contains("process_killed"))
  }

  @Test("the kernel's note names the process though the watch could not read it; one of another process does not")
  func noted() {
    var note = KernelNote(kind: .outOfMemoryKill, text: "Out of memory: Killed process 7 (node)")
    note.process = 7
    note.time = now - 20_100
    var examination = examined { $0.history = [sighting(signal: 9)] }
    var resources = ResourcesSeen()
    resources.kernelNotes = [note]
    examination.resources = .value(resources)
    #expect(verdict(examination) == ("oom_killed", .certain))
    resources.kernelNotes[0].process = 8
    examination.resources = .value(resources)
    #expect(verdict(examination).0 == "process_killed")
    resources.kernelNotes[0].process = 7
    resources.kernelNotes[0].time = now - 3_000_000
    examination.resources = .value(resources)
    #expect(verdict(examination).0 == "process_killed")
  }

  @Test("three ends within ten minutes make a loop; two, older ones, or slow restarts by hand do not")
  func loop() {
    func ended(_ ages: [Int64], ran: Int64 = 2_000, signal: Int32? = nil) -> Examination {
      examined { listeners in
        listeners.history = ages.enumerated().map { index, age in
          sighting(Int32(index), ran: ran, endedAgo: age, signal: signal, status: signal == nil ? 1 : nil)
        }
      }
    }
    #expect(verdict(ended([1_000, 5_000, 9_000])) == ("crash_loop", .certain))
    #expect(verdict(ended([1_000, 5_000])).0 == "application_exited")
    #expect(verdict(ended([1_000, 5_000, 700_000])).0 == "application_exited")
    #expect(verdict(ended([1_000, 150_000, 300_000], ran: 140_000, signal: 15)) == ("crash_loop", .likely))
  }

  @Test("the same program, started since at another port, has moved; one that was there before has not")
  func elsewhere() {
    func examination(startedAgo: Int64) -> Examination {
      examined { listeners in
        listeners.history = [sighting(signal: 15)]
        listeners.elsewhere = [socket("127.0.0.1:3001", 8)]
        listeners.processes = [process(8, startedAgo: startedAgo)]
      }
    }
    let moved = diagnose(examination(startedAgo: 5_000))
    #expect(moved.verdict.cause == "listening_elsewhere" && moved.verdict.sure == .certain)
    #expect(moved.verdict.sentence.contains("127.0.0.1:3001"))
    #expect(verdict(examination(startedAgo: 900_000)).0 == "process_killed")
  }

  @Test("on another address of the same port")
  func otherAddress() {
    let examination = examined { listeners in
      listeners.samePort = [socket("[::1]:3000", 8)]
      listeners.processes = [process(8)]
    }
    #expect(verdict(examination) == ("listening_on_other_address", .certain))
  }

  // MARK: Something listens

  private func present(
    suffers: Bool = true, queued: Int = 0, max: Int? = 128, _ change: (inout ProcessSeen) -> Void
  ) -> Examination {
    var one = process(8)
    one.acceptedCount = 2
    change(&one)
    var examination = examined(connects: true) { listeners in
      listeners.here = [socket("127.0.0.1:3000", 8, queued: queued, max: max)]
      listeners.processes = [one]
    }
    var answer = ResponseSeen.answered(200)
    if suffers {
      answer.status = nil
      answer.cause = Cause.responseHeaderTimeout.identifier
    }
    examination.responses = .value([answer])
    return examination
  }

  @Test("stopped, and the queue that follows from it")
  func stopped() {
    let diagnosis = diagnose(present(queued: 3, max: 2) { $0.state = .stopped })
    #expect(diagnosis.verdict.cause == "process_stopped" && diagnosis.verdict.sure == .certain)
    #expect(diagnosis.candidates.map(\.cause).contains("backlog_full"))
  }

  @Test("one thread that computes all the time, and one of many that does")
  func blocked() {
    #expect(verdict(present(queued: 2) { $0.cpuShare = 0.97 }) == ("event_loop_blocked", .certain))
    let node = present(queued: 2) { one in
      one.cpuShare = 0.97
      one.threads = 11
    }
    #expect(verdict(node) == ("event_loop_blocked", .likely))
    let java = present(queued: 2) { one in
      one.cpuShare = 0.97
      one.threads = 40
      one.program = "/usr/bin/java"
    }
    #expect(verdict(java).0 != "event_loop_blocked")
    #expect(diagnose(present(suffers: false) { $0.cpuShare = 0.97 }).isHealthy)
  }

  @Test("a quota that is used up explains a busy processor")
  func throttled() {
    var examination = present(queued: 2) { $0.cpuShare = 0.97 }
    var resources = ResourcesSeen()
    var cgroup = CgroupSeen(path: "/api")
    cgroup.cpuCores = 1
    cgroup.periods = CounterSeen(total: 100, lately: 3)
    cgroup.throttledPeriods = CounterSeen(total: 90, lately: 3)
    resources.cgroup = cgroup
    examination.resources = .value(resources)
    let diagnosis = diagnose(examination)
    #expect(diagnosis.verdict.cause == "cpu_throttled" && diagnosis.verdict.sure == .certain)
    #expect(!diagnosis.candidates.map(\.cause).contains("event_loop_blocked"))
    // What was throttled before the look says nothing of now.
    resources.cgroup?.throttledPeriods?.lately = 0
    examination.resources = .value(resources)
    #expect(verdict(examination).0 == "event_loop_blocked")
  }

  @Test("threads that all wait for one place; one of many that does is no reason")
  func dependency() {
    func examination(waiting: Int, threads: Int) -> Examination {
      present(queued: 2) { one in
        one.threads = threads
        var outgoing = OutgoingConnections(address: "10.0.0.5:5432", count: waiting)
        outgoing.waitingThreads = waiting
        one.outgoing = [outgoing]
        one.waitsIn = "wait_woken"
      }
    }
    let one = diagnose(examination(waiting: 1, threads: 1))
    #expect(one.verdict.cause == "slow_dependency" && one.verdict.sure == .certain)
    #expect(one.verdict.sentence.contains("10.0.0.5:5432"))
    #expect(verdict(examination(waiting: 8, threads: 10)) == ("slow_dependency", .likely))
    #expect(verdict(examination(waiting: 1, threads: 20)).0 == "workers_exhausted")
  }

  @Test("a queue at its maximum, a nearly empty one, and a socket that does not tell")
  func backlog() {
    #expect(verdict(present(queued: 3, max: 2) { $0.acceptedCount = 0 }) == ("backlog_full", .certain))
    #expect(verdict(present(queued: 2, max: 2) { $0.acceptedCount = 0 }) == ("backlog_full", .likely))
    #expect(ProcessConclusions.conclusions(present(queued: 1) { $0.acceptedCount = 0 }).isEmpty)
    #expect(ProcessConclusions.conclusions(present(queued: 3, max: nil) { $0.acceptedCount = 0 }).isEmpty)
  }

  @Test("an end of a moment ago is possible where it is back")
  func past() {
    var examination = present { _ in }
    if case .value(var listeners) = examination.listeners {
      listeners.history = [sighting(signal: 9)]
      examination.listeners = .value(listeners)
    }
    #expect(diagnose(examination).candidates.first { $0.cause == "process_killed" }?.sure == .possible)
  }

  @Test("a worker that the kernel killed: likely where requests fail, and no verdict where they do not")
  func worker() {
    func examination(suffers: Bool) -> Examination {
      var examination = present(suffers: suffers) { _ in }
      if case .value(var listeners) = examination.listeners {
        var worker = sighting(9, signal: 9)
        worker.isWorker = true
        worker.isOutOfMemory = true
        listeners.history = [worker]
        examination.listeners = .value(listeners)
      }
      return examination
    }
    #expect(verdict(examination(suffers: true)) == ("oom_killed", .likely))
    #expect(diagnose(examination(suffers: false)).isHealthy)
  }

  // MARK: Unix sockets

  @Test("a socket's file that is missing, forbidden, or no socket")
  func socketFile() {
    func examination(_ file: SocketFileSeen) -> Examination { examined(connects: nil) { $0.socketFile = file } }
    var missing = SocketFileSeen(path: "/run/app/http.sock", exists: false)
    missing.obstacle = "/run/app"
    #expect(verdict(examination(missing)) == ("unix_socket_missing", .certain))
    #expect(diagnose(examination(missing)).verdict.sentence.contains("the folder /run/app"))
    var forbidden = SocketFileSeen(path: "/run/app/http.sock", exists: true)
    forbidden.mayConnect = false
    forbidden.obstacle = "/run/app"
    #expect(verdict(examination(forbidden)) == ("unix_socket_permission", .certain))
    var file = SocketFileSeen(path: "/run/app/http.sock", exists: true)
    file.isSocket = false
    #expect(diagnose(examination(file)).verdict.sentence.contains("no socket"))
  }
}
