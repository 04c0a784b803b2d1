import Testing

@testable import SluiceConfiguration

@Suite struct LogSourceTests {
  private func log(_ text: String, file: String) throws -> LogSource? {
    let result = ConfigurationLoader.load(
      text: """
        listeners: [{ address: '127.0.0.1:0' }]
        routes: [{ upstream: api }]
        upstreams: { api: { endpoints: ['http://127.0.0.1:3000'], log: '\(text)' } }
        """, file: file, environment: [:])
    return try #require(result.configuration, "\(result.diagnostics)").upstreams.first?.log
  }

  @Test func aRelativeNameStartsFromTheFolderOfTheConfiguration() throws {
    #expect(try log("api.log", file: "/etc/sluice/sluice.yaml") == .file(path: "/etc/sluice/api.log"))
    #expect(try log("logs/api.log", file: "here/sluice.yaml") == .file(path: "here/logs/api.log"))
    #expect(try log("api.log", file: "sluice.yaml") == .file(path: "api.log"))
    #expect(try log("/var/log/api.log", file: "/etc/sluice/sluice.yaml") == .file(path: "/var/log/api.log"))
    #expect(try log("journal:api.service", file: "/etc/sluice/sluice.yaml") == .journal(unit: "api.service"))
  }
}
