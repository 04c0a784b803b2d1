import Foundation
import SluiceIncidents
import TestSupport
import Testing

extension Integration.Doctor {
  /// Whether a deploy did it, and what it changed.
  @Suite(.timeLimit(.minutes(4))) struct DeployScenarioTests {
    private static let rate = 40

    private func visit(_ gateway: BuiltGateway, _ patient: Patient, seconds: Int) async throws {
      let load = try Load(
        port: gateway.port, ["--rate", "\(Self.rate)", "--seconds", "\(seconds)", "--posts", "0"], in: patient.folder)
      _ = try await load.results()
    }

    private func deploy(_ patient: Patient, _ text: String = "api v2") async throws {
      let run = try await CommandRun(["deploy", text, "--upstream", "app", "--config", patient.configuration])
      try #require(run.status == 0, "\(run.errors)")
    }

    @Test func thatCrashesAtStart() async throws {
      let patient = try Patient()
      let before = try patient.start("fine")
      try await before.listens(on: patient.port)
      let gateway = try await patient.gateway()
      try await patient.isWatched(gateway)
      try await visit(gateway, patient, seconds: 12)
      try await deploy(patient)
      await before.stop()
      let after = try patient.start("crash", "--after", "1.5")
      await after.wait()
      try await visit(gateway, patient, seconds: 12)
      let run = try await patient.examine()
      await gateway.stop()
      expect(run, "deploy_crash", who: "deploy")
    }

    @Test func thatChangesThePort() async throws {
      let patient = try Patient()
      let before = try patient.start("fine")
      try await before.listens(on: patient.port)
      let gateway = try await patient.gateway()
      try await patient.isWatched(gateway)
      try await visit(gateway, patient, seconds: 12)
      try await deploy(patient)
      await before.stop()
      let other = try listenPort()
      let after = try patient.start("fine", port: other)
      try await after.listens(on: other)
      try await visit(gateway, patient, seconds: 12)
      let run = try await patient.examine()
      await after.stop()
      await gateway.stop()
      expect(run, "deploy_changed_port", who: "deploy")
      #expect(run.told.contains("\(other)"), "\(run.told)")
    }

    @Test func thatDoublesTheLatency() async throws {
      let patient = try Patient()
      let before = try patient.start("slow", "--delay", "0.03")
      try await before.listens(on: patient.port)
      let gateway = try await patient.gateway()
      try await visit(gateway, patient, seconds: 15)
      try await deploy(patient)
      await before.stop()
      let after = try patient.start("slow", "--delay", "0.08")
      try await after.listens(on: patient.port)
      try await visit(gateway, patient, seconds: 25)
      let run = try await patient.examine()
      await after.stop()
      await gateway.stop()
      expect(run, "deploy_slower", who: "deploy")
    }

    /// The application was gone before the deploy, and still is.
    @Test func thatCameAfterTheFailures() async throws {
      let patient = try Patient()
      let application = try patient.start("fine")
      try await application.listens(on: patient.port)
      let gateway = try await patient.gateway()
      try await patient.isWatched(gateway)
      try await visit(gateway, patient, seconds: 12)
      application.signal(SIGKILL)
      await application.wait()
      try await visit(gateway, patient, seconds: 25)
      try await deploy(patient)
      try await visit(gateway, patient, seconds: 12)
      let run = try await patient.examine()
      await gateway.stop()
      #expect(run.status == 1 && run.verdict.who != "deploy", "\(run.told)")
      expect(run, "process_killed", who: "machine")
    }
  }
}
