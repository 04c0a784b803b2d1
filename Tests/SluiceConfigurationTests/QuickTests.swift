import SluiceCore
import Testing

@testable import SluiceConfiguration

@Suite struct QuickTests {
  @Test func oneListenerAndOneUpstream() throws {
    let result = ConfigurationLoader.quick(
      listen: "127.0.0.1:0", to: ["http://127.0.0.1:3000", "unix:/run/${x}.sock"], workers: 2)
    #expect(result.diagnostics.isEmpty)
    let configuration = try #require(result.configuration)
    #expect(configuration.listeners.map(\.address) == [.tcp(host: "127.0.0.1", port: 0)])
    #expect(configuration.upstreams.map(\.name) == ["app"])
    #expect(
      configuration.upstreams.first?.endpoints.map(\.target) == [
        .tcp(host: "127.0.0.1", port: 3000), .unix(path: "/run/${x}.sock"),
      ])
    #expect(configuration.routes == [Route(name: "/", action: .upstream(0))])
    #expect(configuration.workers == 2)
  }

  @Test func mistakesNameTheirOption() {
    let result = ConfigurationLoader.quick(listen: "8080", to: ["127.0.0.1:3000"], workers: 0)
    #expect(result.configuration == nil)
    #expect(
      result.diagnostics.map(\.text) == [
        "--listen: error: '--listen' is '8080'; expected an address such as 127.0.0.1:8080, [::1]:8080 or unix:/run/sluice.sock; did you mean '127.0.0.1:8080'?",
        "--to: error: '--to' is '127.0.0.1:3000': it has no scheme; did you mean 'http://127.0.0.1:3000'?",
        "--workers: error: '--workers' is '0': it must be from 1 to 1024",
      ])
    #expect(
      ConfigurationLoader.quick(listen: "127.0.0.1:1", to: [], workers: nil).diagnostics.map(\.text) == [
        "--to: error: at least one endpoint is needed, such as http://127.0.0.1:3000"
      ])
  }
}
