import Foundation
import SluiceIncidents
import TestSupport
import Testing

extension Integration.Doctor {
  /// What became of the process.
  @Suite(.timeLimit(.minutes(3))) struct ProcessScenarioTests {
    @Test func neverStarted() async throws {
      let patient = try Patient()
      expect(try await patient.examineAlone(), "not_running", who: "application")
      let gateway = try await patient.gateway()
      #expect(try await Visit(gateway.port).status == 502)
      expect(try await patient.examine(), "not_running", who: "application")
      await gateway.stop()
    }

    @Test func killed() async throws {
      let patient = try Patient()
      let application = try patient.start("fine")
      try await application.listens(on: patient.port)
      let gateway = try await patient.gateway()
      #expect(try await Visit(gateway.port).status == 200)
      try await patient.isWatched(gateway)
      application.signal(SIGKILL)
      await application.wait()
      let visit = try await Visit(gateway.port)
      #expect(visit.status == 502)
      expect(try await patient.examine(), "process_killed", who: "machine")
      let why = try await patient.why(gateway, try #require(visit.incident), until: "process_killed")
      #expect(why.contains("process_killed") && why.contains("seen as") == false, "\(why)")
      await gateway.stop()
    }

    @Test func endedByItself() async throws {
      let patient = try Patient()
      let application = try patient.start("crash", "--after", "5")
      try await application.listens(on: patient.port)
      let gateway = try await patient.gateway()
      try await patient.isWatched(gateway)
      await application.wait()
      #expect(try await Visit(gateway.port).status == 502)
      let run = try await patient.examine()
      expect(run, "application_exited", who: "application")
      #expect(run.told.contains("RuntimeError"), "\(run.told)")
      await gateway.stop()
    }

    @Test func crashLoop() async throws {
      let patient = try Patient()
      let gateway = try await patient.gateway()
      let loop = "for turn in 1 2 3 4 5 6; do \"$@\"; sleep 0.3; done; exec sleep 60"
      let command = ["sh", "-c", loop, "sh"] + patient.command("crash", ["--after", "2.5"])
      let supervisor = try RunningProcess(command, in: patient.folder)
      let hasCrashed = await eventually(within: 60) {
        let reader = try? IncidentReader(path: gateway.store)
        let ended = (try? reader?.sightings(endpoint: patient.url, upstream: "app"))?.filter { $0.endedAt != nil }
        return (ended ?? []).count >= 4
      }
      #expect(hasCrashed)
      expect(try await patient.examine(), "crash_loop", who: "application")
      supervisor.signal(SIGKILL)
      await supervisor.wait()
      await gateway.stop()
    }

    @Test func stopped() async throws {
      let patient = try Patient()
      let application = try patient.start("fine")
      try await application.listens(on: patient.port)
      application.signal(SIGSTOP)
      let run = try await patient.examineAlone()
      application.signal(SIGCONT)
      await application.stop()
      expect(run, "process_stopped", who: "machine", sure: [.certain])
    }

    @Test func onAnotherPortAfterARestart() async throws {
      let patient = try Patient()
      let first = try patient.start("fine")
      try await first.listens(on: patient.port)
      let gateway = try await patient.gateway()
      try await patient.isWatched(gateway)
      await first.stop()
      let other = try listenPort()
      let second = try patient.start("fine", port: other)
      try await second.listens(on: other)
      #expect(try await Visit(gateway.port).status == 502)
      let run = try await patient.examine()
      expect(run, "listening_elsewhere", who: "configuration")
      #expect(run.verdict.sentence.contains("\(other)"), "\(run.told)")
      await second.stop()
      await gateway.stop()
    }

    @Test func onlyOnTheOtherFamily() async throws {
      let patient = try Patient()
      let application = try patient.start("fine", "--host", "::1")
      let listens = try await eventually(within: 20) {
        try await ToolRun(["curl", "-s", "--max-time", "1", "http://[::1]:\(patient.port)/"]).output == "fine\n"
      }
      #expect(listens)
      let run = try await patient.examineAlone()
      await application.stop()
      expect(run, "listening_on_other_address", who: "configuration")
      #expect(run.verdict.sentence.contains("::1"), "\(run.told)")
    }

    @Test func unixSocketMissing() async throws {
      let folder = try TestFolder()
      let run = try await DoctorRun(["unix:\(folder.file("none.sock"))"], in: folder)
      #expect(run.status == 1 && run.verdict.cause == "unix_socket_missing", "\(run.told)")
    }

    @Test(.enabled(if: getuid() == 0, "needs root, to be somebody else"))
    func unixSocketForbidden() async throws {
      let folder = try TestFolder()
      let path = folder.file("app.sock")
      let listener = """
        import socket, time
        s = socket.socket(socket.AF_UNIX); s.bind(r'\(path)'); s.listen(5); time.sleep(60)
        """
      let application = try RunningProcess(["python3", "-c", listener], in: folder)
      try #require(await eventually(within: 20) { FileManager.default.fileExists(atPath: path) })
      chmod(path, 0o600)
      chmod(folder.path, 0o755)
      let binary: URL = try #require(CommandRun.binary)
      // A copy where anybody may read it.
      let copy = folder.file("sluice")
      try FileManager.default.copyItem(atPath: binary.path, toPath: copy)
      let command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", copy, "doctor", "--json"]
      let run = try await ToolRun(command + ["unix:\(path)"])
      await application.stop()
      #expect(run.status == 1 && run.output.contains("\"cause\":\"unix_socket_permission\""), "\(run.said)")
    }
  }
}
