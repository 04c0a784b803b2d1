import TestSupport
import Testing

@testable import SluiceLab

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The scenarios that fail before a request could name them.
struct OwnAddressTests {
  private func port(_ lab: LabServer, _ name: String) throws -> Int {
    try #require(lab.port(of: scenario(name)))
  }

  private func path(_ lab: LabServer, _ name: String) throws -> String {
    try #require(lab.unixPath(of: scenario(name)))
  }

  private func connectError(_ make: @escaping @Sendable () throws -> RawClient) async throws -> Int32 {
    try await blocking {
      do {
        try make().close()
        return 0
      } catch let failure as RawClient.Failure {
        return failure.number
      }
    }
  }

  private func conversation(port: Int, patience: Int32 = 5000) async throws -> ([UInt8], RawClient.End) {
    try await blocking {
      let client = try RawClient(port: port)
      client.send(request("/"))
      let (bytes, end) = client.read(patience: patience)
      return (bytes, end)
    }
  }

  @Test func refusesWhereNobodyListens() async throws {
    try await withLab { lab in
      let port = try port(lab, "connect-refused")
      #expect(try await connectError { try RawClient(port: port) } == ECONNREFUSED)
      let path = try path(lab, "unix-socket-refused")
      #expect(try await connectError { try RawClient(unixPath: path) } == ECONNREFUSED)
    }
  }

  @Test func letsAConnectionWaitWhereTheAcceptQueueIsFull() async throws {
    try await withLab { lab in
      let port = try port(lab, "connect-timeout")
      // Loopback needs microseconds: a SYN that is not answered by then is not answered at all.
      #expect(try await connectError { try RawClient(port: port, connectPatience: 300) } == ETIMEDOUT)
    }
  }

  @Test func fillsTheAcceptQueueOfAUnixSocket() async throws {
    try await withLab { lab in
      let path = try path(lab, "unix-backlog-full")
      #expect(try await connectError { try RawClient(unixPath: path) } == EAGAIN)
    }
  }

  @Test func leavesTheMissingUnixSocketOut() async throws {
    try await withLab { lab in
      let path = try path(lab, "unix-socket-missing")
      #expect(try await connectError { try RawClient(unixPath: path) } == ENOENT)
    }
  }

  @Test func forbidsTheUnixSocketToAllButTheSuperuser() async throws {
    try await withLab { lab in
      let path = try path(lab, "unix-socket-permission")
      var status = stat()
      #expect(stat(path, &status) == 0)
      #expect(status.st_mode & 0o777 == 0)
      let expected = LabServer.arePermissionsEnforced ? EACCES : 0
      #expect(try await connectError { try RawClient(unixPath: path) } == expected)
    }
  }

  @Test func namesAnAddressWithoutARoute() async throws {
    let scenario = try scenario("net-unreachable")
    #expect(scenario.reach == .address("255.255.255.255", port: 80))
    #expect(try await connectError { try RawClient(port: 80, address: 0xFFFF_FFFF) } == ENETUNREACH)
  }

  @Test func resetsAtAccept() async throws {
    try await withLab { lab in
      let port = try port(lab, "connect-reset")
      let outcome = try await blocking {
        do {
          let client = try RawClient(port: port)
          let (bytes, end) = client.read()
          return bytes.isEmpty && end == .reset
        } catch let failure as RawClient.Failure {
          return failure.number == ECONNRESET
        }
      }
      #expect(outcome)
    }
  }

  @Test func closesAtAccept() async throws {
    try await withLab { lab in
      let port = try port(lab, "close-at-accept")
      let (bytes, end) = try await blocking { try RawClient(port: port).read() }
      #expect(bytes.isEmpty)
      #expect(end == .fin)
    }
  }

  @Test func takesAConnectionAndNeverServesIt() async throws {
    try await withLab { lab in
      let (bytes, end) = try await conversation(port: port(lab, "stuck"), patience: 200)
      #expect(bytes.isEmpty)
      #expect(end == .open)
    }
  }

  @Test(arguments: [
    ("ssh-port", "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"), ("smtp-port", "220 mail.example.test ESMTP ready\r\n"),
  ])
  func greetsBeforeItIsAsked(_ name: String, _ greeting: String) async throws {
    try await withLab { lab in
      let port = try port(lab, name)
      let (bytes, end) = try await blocking { try RawClient(port: port).read(atLeast: 1, patience: 200) }
      #expect(text(bytes) == greeting)
      #expect(end == .open)
    }
  }

  @Test func greetsAsMySQLAndHTTP2Do() async throws {
    try await withLab { lab in
      let mysql = try port(lab, "mysql-port")
      let (packet, _) = try await blocking { try RawClient(port: mysql).read(atLeast: 1, patience: 200) }
      #expect(packet.count == Int(try #require(packet.first)) + 4)
      #expect(Array(packet[1...4]) == [0, 0, 0, 0x0A])
      let http2 = try port(lab, "http2-port")
      let (frame, _) = try await blocking { try RawClient(port: http2).read(atLeast: 1, patience: 200) }
      #expect(Array(frame.prefix(9)) == [0, 0, 18, 4, 0, 0, 0, 0, 0])
      #expect(frame.count == 27)
    }
  }

  @Test func answersWithATLSAlert() async throws {
    try await withLab { lab in
      let (bytes, end) = try await conversation(port: port(lab, "tls-alert-port"))
      #expect(bytes == [21, 3, 1, 0, 2, 2, 70])
      #expect(end == .fin)
    }
  }
}
