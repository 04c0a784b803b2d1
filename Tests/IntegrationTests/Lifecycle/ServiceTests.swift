import Foundation
import NIOCore
import SluiceCore
import SluiceLab
import TestSupport
import Testing

@testable import SluiceGateway

extension Integration {
  /// What a service manager passes on and is told.
  @Suite struct ServiceTests {
    @Test(
      "passed sockets serve the listeners that have their addresses; others are told and closed",
      .timeLimit(.minutes(1)))
    func passedSockets() async throws {
      try await withLab { lab in
        try await withStateFolder { state in
          let local = try SocketAddress(ipAddress: "127.0.0.1", port: 0)
          let front = try ListeningSocket.open(local, label: "", joins: false)
          let other = try ListeningSocket.open(local, label: "", joins: false)
          let (port, unused) = (Int(try #require(front.port)), Int(try #require(other.port)))
          // Two of them, of which one opens nothing itself: the port stays ours all the time.
          let passed = [front.duplicate(), other.duplicate()]
          defer { for descriptor in passed { close(descriptor) } }
          try await withProcesses { processes in
            let arguments = TakeoverTests.arguments(lab, workers: 2, listen: "127.0.0.1:\(port)")
            let gateway = try GatewayProcess.start(arguments, state: state, sockets: passed)
            processes.append(gateway)
            #expect(try await gateway.listens() == port)
            try await gateway.says("127.0.0.1:\(unused) was passed on and is closed: no listener")
            #expect(try await Self.answer(at: port) == 200)
            // A restart in which the manager keeps the socket: who connects meanwhile waits.
            await gateway.stop()
            #expect(await gateway.ends())
            let waiting = try await blocking { UncheckedBox(try RawClient(port: port)) }
            let next = try GatewayProcess.start(arguments, state: state, sockets: passed)
            processes.append(next)
            let answer = try await blocking {
              waiting.value.exchange("GET /ok HTTP/1.1\r\nHost: test\r\n\r\n").status
            }
            #expect(answer == 200)
          }
        }
      }
    }

    @Test("one passed socket is served by all workers", .timeLimit(.minutes(1)))
    func spread() async throws {
      try await withLab { lab in
        // Without SO_REUSEPORT, as systemd opens them: none can join.
        let made = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        let address = try SocketAddress(ipAddress: "127.0.0.1", port: 0)
        let isOpen = address.withSockAddr { bind(made, $0, socklen_t($1)) } == 0 && listen(made, 16) == 0
        try #require(isOpen)
        defer { close(made) }
        let passed = ListeningSocket(inherited: dup(made), label: "")
        let port = Int(try #require(passed.port))
        try await withStateFolder { state in
          try await withProcesses { processes in
            let gateway = try GatewayProcess.start(
              TakeoverTests.arguments(lab, workers: 3, listen: "127.0.0.1:\(port)"), state: state, sockets: [made])
            processes.append(gateway)
            #expect(try await gateway.listens() == port)
            let load = try await withEndlessLoad(.port(port)) { load in #expect(await load.answers(300)) }
            #expect(load.failures.withLock { $0 }.isEmpty)
          }
        }
      }
    }

    @Test("readiness, reloads, the successor and the end are told", .timeLimit(.minutes(1)))
    func notifications() async throws {
      try await withLab { lab in
        try await withStateFolder { state in
          let manager = try Manager()
          defer { manager.stop() }
          let environment = ["NOTIFY_SOCKET": manager.path]
          try await withProcesses { processes in
            let old = try GatewayProcess.start(
              TakeoverTests.arguments(lab, workers: 1), state: state, environment: environment)
            processes.append(old)
            #expect(try await manager.next() == "READY=1\n")
            old.send(SIGHUP)
            let reloading = try await manager.next()
            #expect(reloading.hasPrefix("RELOADING=1\nMONOTONIC_USEC="))
            #expect(try await manager.next() == "READY=1\n")
            let new = try GatewayProcess.start(
              TakeoverTests.arguments(lab, workers: 1) + ["--takeover"], state: state, environment: environment)
            processes.append(new)
            #expect(try await manager.next() == "READY=1\nMAINPID=\(new.identifier)\n")
            // The old one ends without a word: the service goes on.
            #expect(await old.ends())
            new.send(SIGTERM)
            #expect(try await manager.next() == "STOPPING=1\n")
            #expect(await new.ends())
          }
        }
      }
    }

    private static func answer(at port: Int) async throws -> Int {
      try await blocking { try RawClient(port: port).exchange("GET /ok HTTP/1.1\r\nHost: test\r\n\r\n").status }
    }

    /// A service manager's end of NOTIFY_SOCKET.
    private final class Manager: Sendable {
      let path = GatewayHarness.temporaryPath("notify")
      private let descriptor: Int32

      init() throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        let address = try SocketAddress(unixDomainSocketPath: path)
        let isBound = address.withSockAddr { bind(descriptor, $0, socklen_t($1)) } == 0
        try #require(isBound)
      }

      func next() async throws -> String {
        let descriptor = descriptor
        return try await blocking {
          var bytes = [UInt8](repeating: 0, count: 512)
          let count = recv(descriptor, &bytes, bytes.count, 0)
          return count < 0 ? "" : text(bytes.prefix(count))
        }
      }

      func stop() {
        close(descriptor)
        unlink(path)
      }
    }
  }
}
