import Foundation
import TestSupport
import Testing

extension Integration.Doctor {
  /// The command as a person types it: what it prints, when it ends, and with which code.
  @Suite(.timeLimit(.minutes(2))) struct DoctorCommandTests {
    private func run(_ arguments: String..., in folder: TestFolder) async throws -> CommandRun {
      try await CommandRun(["doctor"] + arguments, environment: ["XDG_STATE_HOME": folder.path])
    }

    @Test(arguments: [
      ([], "say what to look at"), (["api"], "an upstream's name needs --config"),
      (["ftp://127.0.0.1"], "http"), (["http://127.0.0.1:0"], "port"), (["http://127.0.0.1", "--at", "soon"], "--at"),
      (["http://127.0.0.1", "--log", "journal:a b"], "--log"), (["http://127.0.0.1", "--log", "/tmp/"], "directory"),
    ])
    func usageErrorsSayWhatToWrite(_ arguments: [String], _ words: String) async throws {
      let folder = try TestFolder()
      let run = try await CommandRun(["doctor"] + arguments, environment: ["XDG_STATE_HOME": folder.path])
      #expect(run.status == 2 && run.errors.contains(words), "\(run.status): \(run.errors)")
    }

    @Test func anUpstreamThatIsMisspeltIsNamed() async throws {
      let patient = try Patient()
      try patient.configure("  payments: { endpoints: ['\(patient.url)'] }")
      let run = try await run("--config", patient.configuration, "paymnets", in: patient.folder)
      #expect(run.status == 2 && run.errors.contains("did you mean 'payments'?"), "\(run.errors)")
    }

    @Test func stepsAndVerdictFitEightyColumns() async throws {
      let patient = try Patient()
      let run = try await run(patient.url, in: patient.folder)
      #expect(run.status == 1)
      for number in 1...6 { #expect(run.output.contains(" \(number). "), "\(run.output)") }
      #expect(run.output.contains("application: not_running (certain)."), "\(run.output)")
      #expect(run.output.contains("Next: ") && run.output.contains("Check first"))
      let long = run.output.split(separator: "\n").filter { $0.count > 80 && !$0.hasPrefix("       ") }
      #expect(long.isEmpty, "\(long)")
      #expect(!run.output.contains("\u{1B}"), "colours in a pipe")
    }

    @Test func ofSeveralEndpointsEachIsToldAndTheWorstLeads() async throws {
      let patient = try Patient()
      let application = try patient.start("fine")
      try await application.listens(on: patient.port)
      let nobody = try listenPort()
      try patient.configure("  app: { endpoints: ['\(patient.url)', 'http://127.0.0.1:\(nobody)'] }")
      let run = try await run("--config", patient.configuration, in: patient.folder)
      let json = try await patient.examine()
      await application.stop()
      #expect(run.status == 1 && run.output.contains("1 of 2 endpoints fail."), "\(run.output)")
      #expect(run.output.contains("Nothing is wrong: \(patient.url) answers 200"), "\(run.output)")
      #expect(json.answer.endpoints.map(\.verdict.cause) == ["none", "not_running"])
      #expect(json.verdict.cause == "not_running")
    }

    @Test func watchEndsWhenTheEndpointRecovers() async throws {
      let patient = try Patient()
      let binary: URL = try #require(CommandRun.binary)
      let output = patient.folder.file("watch")
      let watching = try RunningProcess(
        [binary.path, "doctor", "--watch", patient.url], environment: ["XDG_STATE_HOME": patient.folder.path],
        output: output, in: patient.folder)
      func told() -> String { (try? String(contentsOfFile: output, encoding: .utf8)) ?? "" }
      try #require(await eventually(within: 30) { told().contains("not_running") })
      let application = try patient.start("fine")
      #expect(await watching.wait() == 0)
      await application.stop()
      #expect(told().contains("recovered after"), "\(told())")
    }
  }
}
