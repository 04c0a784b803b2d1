import Foundation
import SluiceIncidents
import TestSupport
import Testing

extension Integration.Doctor {
  /// A supervisor of the application's own that ends its workers.
  @Suite(.timeLimit(.minutes(3))) struct WorkerScenarioTests {
    @Test func gunicornKillsASlowWorker() async throws {
      let patient = try Patient()
      let program = """
        import time
        def app(environ, start_response):
            if environ['PATH_INFO'] == '/slow': time.sleep(60)
            start_response('200 OK', [('Content-Length', '5')])
            return [b'fine\\n']
        """
      try program.write(toFile: patient.folder.file("slowapp.py"), atomically: true, encoding: .utf8)
      let application = try RunningProcess(
        [
          ClientProgram.python, "-m", "gunicorn", "--chdir", patient.folder.path, "--bind", "127.0.0.1:\(patient.port)",
          "--workers", "1",
          "--timeout", "2", "--log-file", patient.log, "slowapp:app",
        ], in: patient.folder)
      try await application.listens(on: patient.port)
      let gateway = try await patient.gateway("retry: { attempts: 1 }")
      try await patient.isWatched(gateway)
      let visit = try await Visit(gateway.port, path: "/slow")
      #expect(visit.status == 502)
      expect(try await patient.examine(), "worker_timeout", who: "application")
      let why = try await patient.why(gateway, try #require(visit.incident), until: "worker_timeout")
      #expect(why.contains("\"cause\":\"worker_timeout\",\"next\""), "\(why)")
      await application.stop()
      await gateway.stop()
    }
  }
}
