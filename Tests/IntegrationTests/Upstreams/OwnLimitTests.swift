import Foundation
import SluiceIncidents
import TestSupport
import Testing

extension Integration {
  /// The gateway runs out of descriptors: its own fault, which no endpoint is left out for.
  @Suite struct OwnLimitTests {
    /// A gateway in a process of its own, whose limits can be changed while it runs.
    private final class GatewayProcess {
      let process = Process()
      let port: Int
      let log: RecordReader
      private let folder: String

      init(_ origins: OriginGroup) async throws {
        folder = GatewayHarness.temporaryPath("own-limit")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        log = RecordReader(path: folder + "/access.log")
        // The system's choice, given back at once for the gateway to take.
        let free = try RecordingOrigin()
        port = free.port
        free.stop()
        let yaml = """
          listeners: [{ address: '127.0.0.1:\(port)' }]
          workers: 1
          upstreams: { app: { endpoints: [\(origins.urls)], balance: roundRobin, timeouts: { poolIdle: 1ms } } }
          accessLog: { path: '\(log.path)' }
          incidents: { store: 'off' }
          drain: { deadline: 300ms }
          """
        try yaml.write(toFile: folder + "/sluice.yaml", atomically: true, encoding: .utf8)
        process.executableURL = CommandRun.binary
        process.arguments = ["run", "--config", folder + "/sluice.yaml"]
        process.environment = ["HOME": folder]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let port = port
        let isUp = await eventually(within: 20) {
          (try? await blocking { try RawClient(port: port).exchange("GET / HTTP/1.1\r\nHost: t\r\n\r\n").status })
            == 200
        }
        #expect(isUp)
      }

      func stop() {
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(atPath: folder)
      }

      var descriptors: [Int] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(process.processIdentifier)/fd")
        return (names ?? []).compactMap { Int($0) }.sorted()
      }

      /// - Returns: the limit that was in force.
      @discardableResult
      func limitDescriptors(to count: rlim_t) throws -> rlim_t {
        // Glibc has it, and its header hides it from Swift.
        typealias Prlimit =
          @convention(c) (
            pid_t, Int32, UnsafePointer<rlimit>?, UnsafeMutablePointer<rlimit>?
          ) -> Int32
        let prlimit = unsafeBitCast(try #require(dlsym(nil, "prlimit")), to: Prlimit.self)
        let resource = Int32(RLIMIT_NOFILE.rawValue)
        var old = rlimit()
        #expect(prlimit(process.processIdentifier, resource, nil, &old) == 0)
        var new = rlimit(rlim_cur: count, rlim_max: old.rlim_max)
        #expect(prlimit(process.processIdentifier, resource, &new, nil) == 0)
        return old.rlim_cur
      }
    }

    @Test func runningOutOfDescriptorsIsTheGatewaysFaultAndPasses() async throws {
      let origins = try OriginGroup(2)
      defer { origins.stopAll() }
      let gateway = try await GatewayProcess(origins)
      defer { gateway.stop() }
      let port = gateway.port
      // Connected before there is a shortage; idle connections upstream are gone by then.
      let client = try await blocking { UncheckedBox(try RawClient(port: port)) }
      let request = "GET / HTTP/1.1\r\nHost: t\r\n\r\n"
      #expect(try await blocking { client.value.exchange(request).status } == 200)
      let isIdle = await eventually { origins.openConnections(0) + origins.openConnections(1) == 0 }
      #expect(isIdle)
      // The lowest free number is beyond the limit: no further descriptor can be had.
      // The gateway's own ends close a moment after the origins'.
      var used = Set(gateway.descriptors)
      var equalLooks = 0
      let isSettled = await eventually {
        let before = used
        used = Set(gateway.descriptors)
        equalLooks = used == before ? equalLooks + 1 : 0
        return equalLooks == 20
      }
      #expect(isSettled)
      let lowest = (0...).first { !used.contains($0) } ?? 0
      let before = try gateway.limitDescriptors(to: rlim_t(lowest))
      for _ in 0..<6 {
        let response = try await blocking { client.value.exchange(request) }
        #expect(response.status == 503)
        #expect(response["proxy-status"]?.contains("local_fds_or_memory") == true)
      }
      try gateway.limitDescriptors(to: before)
      // At once, and at both endpoints alike: neither was left out.
      var answers: [String: Int] = [:]
      for _ in 0..<6 {
        let response = try await blocking { client.value.exchange(request) }
        #expect(response.status == 200)
        answers[response.bodyText, default: 0] += 1
      }
      #expect(answers == ["0": 3, "1": 3])
      let records = try await gateway.log.records(atLeast: 6) { $0.cause == "local_fds_or_memory" }
      #expect(records.count == 6)
      #expect(records.allSatisfy { $0.who == "machine" && $0.attempts?.last?.errno == "EMFILE" })
    }
  }
}
