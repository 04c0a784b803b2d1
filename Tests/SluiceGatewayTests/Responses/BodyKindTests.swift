import SluiceGateway
import Testing

@Suite struct BodyKindTests {
  @Test(arguments: [
    ("", BodyKind.text), ("*/*", .text), ("text/*", .text),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8", .html),
    ("application/json", .problem), ("application/json, text/plain, */*", .problem),
    ("application/problem+json;q=0.5, text/html;q=0.7", .html),
    ("text/html;q=0, */*", .text), ("text/html; Q=0.3 , text/plain;q=0.31", .text),
    ("application/*", .problem), ("image/png", .text), ("text/html;level=1;q=0.4, application/json;q=0.5", .problem),
    ("TEXT/HTML", .html), ("text/html;q=1.0000001, text/plain;q=0.1", .text), ("text/html;q=nan", .text),
    (";;;,,,q=1", .text), ("*/*;q=1, text/html;q=0.1", .text), ("text/html;q=1.000", .html),
    ("*/*;q=0", .text), ("\t text/html \t;\t q=0.5", .html),
  ])
  func theBodyFollowsAccept(accept: String, kind: BodyKind) {
    #expect(BodyKind.negotiate(Array(accept.utf8)) == kind)
  }

  @Test func anEndlessAcceptIsReadAsFarAsItsBound() {
    let accept = String(repeating: "a/b,", count: 10_000) + "text/html"
    #expect(BodyKind.negotiate(Array(accept.utf8)) == .text)
  }
}
