import SluiceConfiguration
import Testing

@testable import SluiceGateway

@Suite("What a reload did to endpoints")
struct EndpointsChangeTests {
  private func upstreams(_ endpoints: [String: [String]]) throws -> [UpstreamConfiguration] {
    let sections = endpoints.sorted { $0.key < $1.key }.map { name, urls in
      "  \(name): { endpoints: [\(urls.map { "'\($0)'" }.joined(separator: ", "))] }\n"
    }
    let yaml =
      "listeners: [{ address: '127.0.0.1:0' }]\nroutes: [{ upstream: a }]\nupstreams:\n\(sections.joined())"
    return try #require(ConfigurationLoader.load(text: yaml, file: "a.yaml", environment: [:]).configuration).upstreams
  }

  @Test("added and removed ones are named, for each upstream that stays")
  func texts() throws {
    let old = try upstreams(["a": ["http://10.0.0.1:80"], "b": ["http://10.0.0.9:80"]])
    let new = try upstreams(["a": ["http://10.0.0.2:80", "http://10.0.0.3:80"], "b": ["http://10.0.0.9:80"]])
    let changes = EndpointsChange.texts(from: old, to: new)
    #expect(changes.map(\.upstream) == ["a"])
    #expect(changes.first?.text == "added http://10.0.0.2:80, http://10.0.0.3:80; removed http://10.0.0.1:80")
    #expect(EndpointsChange.texts(from: new, to: new).isEmpty)
    #expect(EndpointsChange.texts(from: [], to: new).isEmpty)
  }

  @Test("of many the first are named")
  func many() throws {
    let old = try upstreams(["a": ["http://10.0.0.1:80"]])
    let new = try upstreams(["a": (1...20).map { "http://10.0.0.\($0):80" }])
    let text = try #require(EndpointsChange.texts(from: old, to: new).first?.text)
    #expect(text.hasSuffix("and 16 more") && text.count < 200)
  }
}
