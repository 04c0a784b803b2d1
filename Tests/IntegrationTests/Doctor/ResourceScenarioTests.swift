import Foundation
import SluiceIncidents
import TestSupport
import Testing

extension Integration.Doctor {
  /// What the process lacked, or was busy with.
  @Suite(.timeLimit(.minutes(3))) struct ResourceScenarioTests {
    @Test(.enabled(if: TestCgroup.isAvailable, Comment(rawValue: TestCgroup.missing)))
    func killedForWantOfMemory() async throws {
      let patient = try Patient()
      let group = try #require(TestCgroup("memory"))
      defer { withExtendedLifetime(group) {} }
      group.limit(memory: 96 << 20)
      let application = try patient.start("eat", wrapper: group.prefix)
      try await application.listens(on: patient.port)
      let gateway = try await patient.gateway()
      try await patient.isWatched(gateway)
      let visit = try await Visit(gateway.port, path: "/eat")
      #expect(visit.status == 502)
      await application.wait()
      expect(try await patient.examine(), "oom_killed", who: "machine")
      let why = try await patient.why(gateway, try #require(visit.incident), until: "oom_killed")
      #expect(why.contains("\"cause\":\"oom_killed\",\"next\""), "\(why)")
      await gateway.stop()
    }

    @Test(.enabled(if: TestCgroup.isAvailable, Comment(rawValue: TestCgroup.missing)))
    func throttledByAQuota() async throws {
      let patient = try Patient()
      let group = try #require(TestCgroup("cpu"))
      defer { withExtendedLifetime(group) {} }
      group.limit(cores: 0.05)
      let application = try patient.start("spin", wrapper: group.prefix)
      try await application.listens(on: patient.port)
      let visitor = try RunningProcess(
        ["curl", "-s", "--max-time", "60", "\(patient.url)/spin"], in: patient.folder)
      try await Task.sleep(for: .seconds(1))
      let run = try await patient.examineAlone()
      await visitor.stop()
      application.signal(SIGKILL)
      await application.wait()
      expect(run, "cpu_throttled", who: "machine")
    }

    @Test func eventLoopBlocked() async throws {
      let patient = try Patient()
      let program = """
        const http = require('http');
        http.createServer((request, response) => {
          if (request.url === '/spin') { const end = Date.now() + 60000; while (Date.now() < end) {} }
          response.end('fine');
        }).listen(\(patient.port), '127.0.0.1');
        setTimeout(() => process.exit(), 120000);
        """
      let application = try RunningProcess(["node", "-e", program], in: patient.folder)
      try await application.listens(on: patient.port)
      let visitor = try RunningProcess(
        ["curl", "-s", "--max-time", "60", "\(patient.url)/spin"], in: patient.folder)
      try await Task.sleep(for: .seconds(1))
      let run = try await patient.examineAlone()
      await visitor.stop()
      application.signal(SIGKILL)
      await application.wait()
      expect(run, "event_loop_blocked", who: "application")
    }

    @Test func noDescriptorLeft() async throws {
      let patient = try Patient()
      let application = try patient.start("hoard", wrapper: ["prlimit", "--nofile=64"])
      try #require(
        await eventually(within: 20) {
          (try? String(contentsOfFile: patient.log, encoding: .utf8))?.contains("Errno 24") == true
        })
      let run = try await patient.examineAlone("--log", patient.log)
      application.signal(SIGKILL)
      await application.wait()
      expect(run, "descriptors_exhausted", who: "machine")
    }

    @Test func acceptQueueFull() async throws {
      let patient = try Patient()
      let application = try patient.start("mute")
      let program = """
        import socket, time
        kept = []
        for _ in range(8):
            s = socket.socket(); s.setblocking(False); s.connect_ex(('127.0.0.1', \(patient.port))); kept.append(s)
        time.sleep(60)
        """
      try #require(await eventually(within: 20) { FileManager.default.fileExists(atPath: patient.log) })
      try await Task.sleep(for: .milliseconds(300))
      let crowd = try RunningProcess(["python3", "-c", program], in: patient.folder)
      try await Task.sleep(for: .seconds(1))
      let run = try await patient.examineAlone()
      await crowd.stop()
      await application.stop()
      expect(run, "backlog_full", who: "application")
    }

    @Test func oneThreadStuckOnASlowDependency() async throws {
      let patient = try Patient()
      let dependency = try listenPort()
      let program = "import socket, time; s = socket.create_server(('127.0.0.1', \(dependency))); time.sleep(60)"
      let slow = try RunningProcess(["python3", "-c", program], in: patient.folder)
      try await slow.listens(on: dependency)
      let application = try patient.start("single", "--dependency", "127.0.0.1:\(dependency)")
      try #require(await eventually(within: 20) { FileManager.default.fileExists(atPath: patient.log) })
      try await Task.sleep(for: .milliseconds(500))
      let visitor = try RunningProcess(["curl", "-s", "--max-time", "60", patient.url], in: patient.folder)
      try await Task.sleep(for: .seconds(1))
      let run = try await patient.examineAlone()
      await visitor.stop()
      application.signal(SIGKILL)
      await application.wait()
      await slow.stop()
      expect(run, "slow_dependency", who: "dependency")
      #expect(run.told.contains("127.0.0.1:\(dependency)"), "\(run.told)")
    }
  }
}
