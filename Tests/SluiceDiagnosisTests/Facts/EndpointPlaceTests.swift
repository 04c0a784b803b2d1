@testable import SluiceDiagnosis
import Testing

@Suite("Where an endpoint is")
struct EndpointPlaceTests {
  @Test(
    "host and port of the configured text",
    arguments: [
      ("http://127.0.0.1:3000", "127.0.0.1", 3000), ("http://api.internal", "api.internal", 80),
      ("https://api.internal/", "api.internal", 443), ("http://[::1]:8080", "::1", 8080), ("http://[::1]", "::1", 80),
    ] as [(String, String, UInt16)])
  func tcp(_ text: String, _ host: String, _ port: UInt16) throws {
    let place = try #require(EndpointPlace(endpoint: text, address: nil))
    #expect(place.target == .tcp(host: host, port: port))
  }

  @Test("a Unix socket, and what is no endpoint")
  func others() {
    #expect(EndpointPlace(endpoint: "unix:/run/app.sock", address: "unix")?.target == .unix(path: "/run/app.sock"))
    #expect(EndpointPlace(endpoint: "unix:app.sock", address: nil)?.target == nil)
    #expect(EndpointPlace(endpoint: "http://", address: nil)?.target == nil)
    #expect(EndpointPlace(endpoint: "nonsense", address: nil)?.target == nil)
    #expect(EndpointPlace(endpoint: nil, address: nil) == nil)
  }

  @Test(
    "whether a network lies between",
    arguments: [
      ("http://127.0.0.1:3000", nil, true), ("http://[::1]:3000", nil, true), ("unix:/run/app.sock", "unix", true),
      ("http://localhost:3000", "127.0.0.1:3000", true), ("http://localhost:3000", nil, false),
      ("http://10.0.0.5:3000", "10.0.0.5:3000", false), ("http://api:3000", "10.0.0.5:3000", false),
    ] as [(String, String?, Bool)])
  func local(_ endpoint: String, _ address: String?, _ isLocal: Bool) {
    #expect(EndpointPlace(endpoint: endpoint, address: address)?.isLocal == isLocal)
  }

  @Test("a name is shown with the address that it had")
  func shown() {
    #expect(
      EndpointPlace(endpoint: "http://api:3000", address: "10.0.0.5:3000")?.shown == "http://api:3000 (10.0.0.5:3000)")
    #expect(
      EndpointPlace(endpoint: "http://10.0.0.5:3000", address: "10.0.0.5:3000")?.shown == "http://10.0.0.5:3000")
  }
}
