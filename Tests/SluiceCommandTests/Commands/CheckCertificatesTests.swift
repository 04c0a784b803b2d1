import Foundation
import TestSupport
import Testing

/// `sluice check` reads the files that the configuration names.
@Suite struct CheckCertificatesTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func check(_ tls: String) async throws -> CommandRun {
    let text = """
      listeners:
        - address: 127.0.0.1:8443
          tls:
            \(tls)
      routes: [{ respond: { body: ok } }]
      """
    try text.write(toFile: folder.file("sluice.yaml"), atomically: true, encoding: .utf8)
    return try await CommandRun(["check", "--config", folder.file("sluice.yaml")])
  }

  @Test func aMissingFileIsAnErrorWithItsPlace() async throws {
    let run = try await check("certificates: [{ certificate: \(folder.file("a.pem")), key: \(folder.file("a.key")) }]")
    #expect(run.status == 1)
    let lines = run.errors.split(separator: "\n").map(String.init)
    #expect(
      lines.contains {
        $0 == "\(folder.file("sluice.yaml")):4:37: error: 'certificate' is '\(folder.file("a.pem"))': no such file"
      }, "\(run.errors)")
    #expect(lines.contains { $0.contains("error: 'key' is '\(folder.file("a.key"))': no such file") })
    #expect(lines.last == "2 errors in \(folder.file("sluice.yaml"))")
  }

  @Test func otherMistakesAreToldFirst() async throws {
    let run = try await check("certificates: [{ certificate: a.pem, key: a.key }]\n      minimumVersion: 1.1")
    #expect(run.status == 1 && run.errors.contains("'minimumVersion' is '1.1'") && run.errors.contains("1 error in"))
  }
}
