import SluiceCore
import Testing

@testable import sluice

@Suite("A pasted ID")
struct PastedIDTests {
  private static let id = "01M84EAQ25CR0FY9K83BQ3WT6P"

  @Test(
    "it is found in whatever it was pasted with",
    arguments: [
      id, id.lowercased(), "  \(id)\n", "Sluice-Incident: \(id)", "sluice-incident:\(id.lowercased())\r",
      "https://ops.example/incidents/\(id)?x=1", "(\(id))", "reference: \(id)",
      "502 connect_refused GET a/ -> app: refused, 1.014 ms, id \(id)", "\(id) \(id.lowercased())",
      "O1M84EAQ25CROFY9K83BQ3WT6P",
    ])
  func found(text: String) throws {
    #expect(PastedID(text) == .incident(try #require(ExchangeID(Self.id))))
  }

  @Test(
    "another text is taken for the client's own request ID",
    arguments: [
      ("abc-1", "abc-1"), ("X-Request-Id: abc-1 ", "abc-1"), ("urn:a:b", "urn:a:b"),
      ("4bf92f3577b34da6a3ce929d0e0e4736", "4bf92f3577b34da6a3ce929d0e0e4736"),
      ("ZZZZZZZZZZZZZZZZZZZZZZZZZZ", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ"),
    ])
  func clientRequest(text: String, id: String) { #expect(PastedID(text) == .clientRequest(id)) }

  @Test("several are told, and nothing is nothing")
  func others() throws {
    let (one, two) = (try #require(ExchangeID(Self.id)), try #require(ExchangeID(Fixtures.ids[0])))
    #expect(PastedID("\(one), \(two)") == .several([one, two]))
    #expect(PastedID(" \n") == .nothing)
  }
}
