import Foundation
import SluiceLab
import TestSupport
import Testing

extension Integration {
  /// Restarts of the built command: a new process takes over the listening sockets, and no request is lost. The
  /// clients never send anything twice.
  @Suite struct TakeoverTests {
    static func arguments(_ lab: LabServer, workers: Int, listen: String = "127.0.0.1:0") -> [String] {
      ["--listen", listen, "--to", "http://127.0.0.1:\(lab.port)", "--workers", "\(workers)"]
    }

    /// Restarts under load, each time with another number of workers, until the last one serves alone.
    private func restart(
      through workers: [Int], lab: LabServer, state: String, listen: String, place: (Int) -> EndlessLoad.Place
    ) async throws {
      try await withProcesses { processes in
        var old = try GatewayProcess.start(
          Self.arguments(lab, workers: workers[0], listen: listen), state: state)
        processes.append(old)
        let port = try await old.listens()
        let load = try await withEndlessLoad(place(port)) { load in
          #expect(await load.answers(100))
          for count in workers.dropFirst() {
            let new = try GatewayProcess.start(
              Self.arguments(lab, workers: count, listen: listen) + ["--takeover"], state: state)
            processes.append(new)
            #expect(try await new.listens() == port)
            #expect(await old.ends(), "\(old.lines)")
            #expect(old.status == 0)
            #expect(await load.answers(100), "the successor does not serve")
            old = new
          }
        }
        // Two processes share the store and the logs for a while.
        let complaints = processes.flatMap(\.lines).filter { !$0.contains(" notice ") }
        #expect(complaints.isEmpty)
        let failures = load.failures.withLock { $0 }
        #expect(failures.isEmpty, "\(failures.count) of \(load.count): \(failures.prefix(3))")
      }
    }

    @Test(.timeLimit(.minutes(2)))
    func noRequestFailsWhileProcessesFollowEachOther() async throws {
      try await withLab { lab in
        try await withStateFolder { state in
          try await restart(through: [2, 2, 2, 2], lab: lab, state: state, listen: "127.0.0.1:0") { .port($0) }
        }
      }
    }

    @Test(.timeLimit(.minutes(2)))
    func theNumberOfWorkersMayChange() async throws {
      try await withLab { lab in
        try await withStateFolder { state in
          try await restart(through: [1, 2, 1, 3, 1], lab: lab, state: state, listen: "127.0.0.1:0") { .port($0) }
        }
      }
    }

    @Test(.timeLimit(.minutes(2)))
    func theFileOfAUnixSocketOutlivesTheProcessThatMadeIt() async throws {
      try await withLab { lab in
        try await withStateFolder { state in
          let path = state + "/front.sock"
          try await restart(through: [2, 2, 1], lab: lab, state: state, listen: "unix:\(path)") { _ in .path(path) }
          #expect(!FileManager.default.fileExists(atPath: path), "the last one removes it")
        }
      }
    }

    @Test(.timeLimit(.minutes(1)))
    func whatTheOldProcessHasBegunStaysWithIt() async throws {
      try await withLab { lab in
        try await withStateFolder { state in
          try await withProcesses { processes in
            let old = try GatewayProcess.start(Self.arguments(lab, workers: 1), state: state)
            processes.append(old)
            let port = try await old.listens()
            let (idle, tunnel, slow) = try await blocking {
              let idle = try RawClient(port: port)
              #expect(idle.exchange("GET /ok HTTP/1.1\r\nHost: test\r\n\r\n").status == 200)
              let tunnel = try RawClient(port: port)
              #expect(tunnel.exchange(Self.upgrade).status == 101)
              let slow = try RawClient(port: port)
              slow.send("GET /delay/1500 HTTP/1.1\r\nHost: test\r\n\r\n")
              return (UncheckedBox(idle), UncheckedBox(tunnel), UncheckedBox(slow))
            }
            #expect(await eventually { (lab.counts.requestsByPath["/delay/1500"] ?? 0) == 1 })
            let new = try GatewayProcess.start(Self.arguments(lab, workers: 1) + ["--takeover"], state: state)
            processes.append(new)
            try await new.listens()
            try await old.says("another process accepts now")
            try await blocking {
              // An idle connection was not cut: its next request is answered, and the answer says that it is the last.
              let last = idle.value.exchange("GET /ok HTTP/1.1\r\nHost: test\r\n\r\n")
              #expect(last.status == 200 && last["connection"] == "close")
              #expect(idle.value.readToEnd().end == .fin)
              tunnel.value.send("hello")
              #expect(text(tunnel.value.read(5)) == "hello")
              let late = slow.value.readResponse()
              #expect(late.status == 200 && late.bodyText == "late\n" && late["connection"] == "close")
              // New clients are the new process'.
              let fresh = try RawClient(port: port).exchange("GET /ok HTTP/1.1\r\nHost: test\r\n\r\n")
              #expect(fresh.status == 200 && fresh["connection"] == nil)
            }
            #expect(old.isRunning, "the tunnel was cut")
            tunnel.value.close()
            #expect(await old.ends())
            #expect(old.status == 0 && new.isRunning)
          }
        }
      }
    }

    private static let upgrade = "GET /tunnel HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n"

    @Test(.timeLimit(.minutes(1)))
    func anAddressInUseIsToldWithTheWayOut() async throws {
      try await withLab { lab in
        try await withStateFolder { state in
          try await withProcesses { processes in
            // With several workers the port is shared, and another process of this user could join it without a word.
            let old = try GatewayProcess.start(Self.arguments(lab, workers: 2), state: state)
            processes.append(old)
            let port = try await old.listens()
            let listen = "127.0.0.1:\(port)"
            let second = try GatewayProcess.start(Self.arguments(lab, workers: 2, listen: listen), state: state)
            processes.append(second)
            let line = try await second.says("cannot listen on \(listen)")
            #expect(line.contains("(process \(old.identifier)) listens there; start with --takeover"))
            #expect(await second.ends())
            #expect(second.status == 3 && old.isRunning)
            let answer = try await blocking {
              try RawClient(port: port).exchange("GET /ok HTTP/1.1\r\nHost: test\r\n\r\n").status
            }
            #expect(answer == 200)
          }
        }
      }
    }

    @Test(.timeLimit(.minutes(1)))
    func withoutAnOldProcessATakeoverIsAStart() async throws {
      try await withLab { lab in
        try await withStateFolder { state in
          try await withProcesses { processes in
            let first = try GatewayProcess.start(Self.arguments(lab, workers: 1) + ["--takeover"], state: state)
            processes.append(first)
            try await first.says("nothing to take over")
            #expect(try await first.listens() > 0)
            let folder = state + "/sluice/takeover"
            try #require(
              try await eventually { try FileManager.default.contentsOfDirectory(atPath: folder).count == 1 })
            // A process that was killed leaves its file; nobody is asked there.
            first.send(SIGKILL)
            #expect(await first.ends())
            let second = try GatewayProcess.start(Self.arguments(lab, workers: 1) + ["--takeover"], state: state)
            processes.append(second)
            #expect(try await second.listens() > 0)
            // The desk opens a moment after the listeners.
            let hasOneDesk = try await eventually {
              try FileManager.default.contentsOfDirectory(atPath: folder).count == 1
            }
            #expect(hasOneDesk)
          }
        }
      }
    }
  }
}
