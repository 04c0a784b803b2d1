import Foundation
import SluiceCore
import SluiceLab
import TestSupport
import Testing

@testable import SluiceGateway

extension Integration {
  /// Whatever goes wrong in a takeover, the older process serves on as if nothing had been.
  @Suite struct TakeoverFailureTests {
    /// A gateway of two workers under load while `body` does it harm.
    private func withGatewayUnderLoad(
      _ body: (_ old: GatewayProcess, _ state: String, _ lab: LabServer, _ load: EndlessLoad) async throws -> Void
    ) async throws {
      try await withLab { lab in
        try await withStateFolder { state in
          try await withProcesses { processes in
            let old = try GatewayProcess.start(TakeoverTests.arguments(lab, workers: 2), state: state)
            processes.append(old)
            let port = try await old.listens()
            let load = try await withEndlessLoad(.port(port)) { load in
              #expect(await load.answers(50))
              try await body(old, state, lab, load)
              #expect(await load.answers(100), "it does not serve on")
            }
            let failures = load.failures.withLock { $0 }
            #expect(failures.isEmpty, "\(failures.count) of \(load.count): \(failures.prefix(3))")
            #expect(old.isRunning)
          }
        }
      }
    }

    private enum Step: String, CaseIterable, CustomTestStringConvertible {
      case beforeTheSockets, whileNobodyAccepts
      var testDescription: String { rawValue }

      @Sendable func isIt(_ message: TakeoverMessage) -> Bool {
        switch (self, message) {
        case (.beforeTheSockets, .sockets), (.whileNobodyAccepts, .paused): true
        default: false
        }
      }
    }

    @Test("the new process is killed in the middle", .timeLimit(.minutes(2)), arguments: Step.allCases)
    private func killed(step: Step) async throws {
      try await withGatewayUnderLoad { old, state, lab, load in
        try await withStateFolder { elsewhere in
          let relay = try TakeoverRelay(state: elsewhere, older: state)
          let new = try GatewayProcess.start(
            TakeoverTests.arguments(lab, workers: 2) + ["--takeover"], state: elsewhere)
          var held = try await relay.run(until: step.isIt)
          #expect(held.count == 2 && new.isRunning)
          new.send(SIGKILL)
          #expect(await new.ends())
          held.removeAll()
          try await old.says("a takeover did not come about")
          #expect(await load.answers(100))
        }
        // The next one finds everything as it was, and the same sockets.
        let peer = try TakeoverPeer(state: state)
        #expect(peer.ask() == 2)
      }
    }

    @Test("a peer that stalls while nobody accepts is given up", .timeLimit(.minutes(1)))
    func stalled() async throws {
      try await withGatewayUnderLoad { _, state, _, _ in
        let peer = try TakeoverPeer(state: state)
        let (count, paused) = try await blocking { [peer = UncheckedBox(peer)] in
          let count = peer.value.ask()
          _ = peer.value.connection.send(.ready([0, 1]))
          return (count, peer.value.next())
        }
        #expect(count == 2 && paused == .paused)
        let end = try await blocking { [peer = UncheckedBox(peer)] in peer.value.next() }
        #expect(end == .refused(.late))
      }
    }

    @Test("nonsense, another version and silence are refused", .timeLimit(.minutes(1)))
    func nonsense() async throws {
      try await withGatewayUnderLoad { _, state, _, _ in
        let version = TakeoverMessage.request.encoded.enumerated().map { $0.offset == 4 ? 2 : $0.element }
        let cases: [([UInt8], TakeoverRefusal)] = [
          (Array("GET / HTTP/1.1\r\n\r\n".utf8), .malformed), (version, .otherVersion),
          (TakeoverMessage.accepting.encoded, .malformed), ([UInt8](repeating: 7, count: 60_000), .malformed),
        ]
        for (bytes, refusal) in cases {
          let peer = try TakeoverPeer(state: state)
          #expect(DescriptorPassing.send(bytes, [], to: peer.connection.descriptor) == 0)
          #expect(peer.next() == .refused(refusal))
          #expect(peer.isEnded)
        }
        let silent = try TakeoverPeer(state: state)
        let end = try await blocking { [silent = UncheckedBox(silent)] in silent.value.next() }
        #expect(end == .refused(.late))
      }
    }

    @Test("while one process is taking over, a second is refused", .timeLimit(.minutes(1)))
    func second() async throws {
      try await withGatewayUnderLoad { old, state, lab, _ in
        let peer = try TakeoverPeer(state: state)
        #expect(peer.ask() == 2)
        let new = try GatewayProcess.start(TakeoverTests.arguments(lab, workers: 2) + ["--takeover"], state: state)
        let line = try await new.says("were not taken over")
        #expect(line.contains("(process \(old.identifier))") && line.contains("another process is taking"))
        #expect(await new.ends())
        #expect(new.status == 3)
        // SIGHUP changes nothing meanwhile, and says so.
        old.send(SIGHUP)
        try await old.says("a takeover is under way")
      }
    }

    @Test("a new process that cannot start leaves the old one as it was", .timeLimit(.minutes(1)))
    func failsToStart() async throws {
      try await withGatewayUnderLoad { old, state, lab, _ in
        let blocked = try RecordingOrigin()
        defer { blocked.stop() }
        let file = state + "/two.yaml"
        try """
        listeners: [{ address: '127.0.0.1:0' }, { address: '127.0.0.1:\(blocked.port)' }]
        upstreams: { app: { endpoints: ['http://127.0.0.1:\(lab.port)'] } }
        """.write(toFile: file, atomically: true, encoding: .utf8)
        let new = try GatewayProcess.start(["--config", file, "--takeover"], state: state)
        try await new.says("cannot listen on 127.0.0.1:\(blocked.port)")
        #expect(await new.ends())
        #expect(new.status == 3)
        try await old.says("a takeover did not come about")
      }
    }

    @Test("a folder that others may enter is not used", .timeLimit(.minutes(1)))
    func openFolder() async throws {
      try await withLab { lab in
        try await withStateFolder { state in
          let path = state + "/sluice/takeover"
          try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
          try await withProcesses { processes in
            let gateway = try GatewayProcess.start(TakeoverTests.arguments(lab, workers: 1), state: state)
            processes.append(gateway)
            try await gateway.listens()
            try await gateway.says("cannot be taken over: the folder \(path) is open to other users")
            let new = try GatewayProcess.start(TakeoverTests.arguments(lab, workers: 1) + ["--takeover"], state: state)
            processes.append(new)
            #expect(await new.ends())
            #expect(new.status == 3)
          }
        }
      }
    }
  }
}
