import SluiceWire
import TestSupport
import Testing

/// Requests that two servers may divide differently.
///
/// Compliant ones are read; Ambiguous and Severe ones are refused, or have one framing that every reader of RFC 9112
/// finds, and which a gateway writes anew.
@Suite struct DesyncCorpusTests {
  /// Rules by which a request is refused that the corpus calls Compliant.
  static let stricter: [WireRule: String] = [
    .transferCodingUnknown: "RFC 9112 6.1: codings other than chunked are not understood here and answered 501",
    .transferCodingSyntax: "RFC 9112 7.1: chunked has no parameters, and their presence is an error",
    .targetCharacter: "RFC 9112 3.2: a fragment or a character beyond ASCII is no part of a request target",
    .startLineSyntax: "RFC 9112 3: a request line has a target",
  ]

  /// Why a request is taken that the corpus calls Ambiguous. Nil: there is no reason.
  private func reason(_ example: DesyncCase, _ framing: BodyFraming) -> String? {
    let isBodiless = example.method == "GET" || example.method == "HEAD"
    if isBodiless, framing != .none {
      return "RFC 9110 9.3.1: content in a GET has no meaning, but a framing as clear as any other"
    }
    return nil
  }

  @Test(.enabled(if: Corpus.folder != nil, "\(Corpus.missing)"))
  func everyRequestIsTreatedAsItsTierWants() throws {
    let cases = try Corpus.files("desync", extension: "yaml").flatMap(DesyncCase.read)
    #expect(cases.count > 80)
    #expect(Set(cases.map(\.tier)) == ["Compliant", "Acceptable", "Ambiguous", "Severe"])
    for example in cases {
      let reading = MessageReader(role: .request).read(example.message)
      switch example.tier {
      case "Compliant":
        guard let rule = reading.rule else { continue }
        #expect(DesyncCorpusTests.stricter[rule] != nil, "\(example.name): \(rule) has no reason in the table")
      case "Acceptable": #expect(reading.rule.map { $0.requestStatus < 506 } ?? true)
      default:
        guard reading.rule == nil else { continue }
        let framing = try #require(reading.framing, "\(example.name)")
        #expect(reason(example, framing) != nil, "\(example.name) is taken")
      }
    }
  }
}
