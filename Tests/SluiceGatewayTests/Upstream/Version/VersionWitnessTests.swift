import SluiceIncidents
import Testing

@testable import SluiceGateway

@Suite("Versions that endpoints tell")
struct VersionWitnessTests {
  private let witness = VersionWitness()
  private let place = VersionWitness.Place(upstream: "api", endpoint: "http://127.0.0.1:3000", field: "x-version")

  private func saw(_ value: String, at seconds: Int64, _ place: VersionWitness.Place? = nil) -> Change? {
    witness.saw(Array(value.utf8), name: "X-Version", at: place ?? self.place, wall: seconds * 1_000)
  }

  @Test("the first version is no news, another one is")
  func change() throws {
    #expect(saw("41", at: 0) == nil)
    #expect(saw("41", at: 100) == nil)
    let change = try #require(saw("42", at: 200))
    #expect(change.kind == .version && change.upstream == "api" && change.time == 200_000)
    #expect(change.text == "http://127.0.0.1:3000 answers X-Version \"42\", before it was \"41\"")
    #expect(
      VersionChange(text: change.text)
        == VersionChange(endpoint: "http://127.0.0.1:3000", field: "X-Version", before: "41", after: "42"))
    #expect(saw("42", at: 300) == nil)
  }

  @Test("two versions that take turns are told once in ten minutes")
  func flapping() {
    #expect(saw("41", at: 0) == nil)
    #expect(saw("42", at: 1) != nil)
    for second in 2..<100 { #expect(saw(second % 2 == 0 ? "41" : "42", at: Int64(second)) == nil) }
    #expect(saw("41", at: 100) == nil)
    #expect(saw("42", at: 800) != nil)
  }

  @Test("another endpoint or field is another place, and a reload forgets")
  func places() {
    #expect(saw("41", at: 0) == nil)
    #expect(saw("42", at: 1, .init(upstream: "api", endpoint: "http://127.0.0.1:3001", field: "x-version")) == nil)
    #expect(saw("42", at: 1, .init(upstream: "api", endpoint: place.endpoint, field: "server")) == nil)
    witness.keep([])
    #expect(saw("42", at: 2) == nil)
  }

  @Test("what endpoints write is bounded and harmless")
  func bounds() throws {
    #expect(VersionWitness.text(Array("\u{1B}[2J\"v1\"\r\n".utf8)) == "[2Jv1")
    #expect(VersionWitness.text([0, 1, 2]) == nil)
    #expect(VersionWitness.text(Array(repeating: 0x61, count: 5_000))?.count == VersionChange.valueMax)
    for number in 0..<1_000 { _ = saw("v\(number)", at: 1) }
    #expect(saw("v0", at: 2) == nil)
    for number in 0..<3_000 {
      _ = saw("a", at: 1, .init(upstream: "api", endpoint: "http://10.0.0.1:\(number)", field: "server"))
    }
  }

  @Test("texts that are none of ours are no versions")
  func texts() {
    for text in [
      "", "x", "a answers b \"c\"", "a b c \"d\", before it was \"e\"", "a answers b \"c\", before it was \"d",
    ] {
      #expect(VersionChange(text: text) == nil)
    }
  }
}
