import Foundation
import SluiceIncidents
import Testing

@Suite struct SeenTests {
  @Test(arguments: [
    (Seen<[String]>.value(["a"]), #"{"seen":["a"]}"#),
    (.notRun("needs root"), #"{"notRun":"needs root"}"#),
    (.timedOut(milliseconds: 500), #"{"timedOutMs":500}"#),
  ])
  func eachOutcomeHasItsOwnFormAndComesBack(_ seen: Seen<[String]>, _ text: String) throws {
    let data = try JSONEncoder().encode(seen)
    #expect(String(decoding: data, as: UTF8.self) == text)
    #expect(try JSONDecoder().decode(Seen<[String]>.self, from: data) == seen)
  }
}
