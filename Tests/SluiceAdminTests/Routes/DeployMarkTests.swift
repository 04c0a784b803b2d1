import Testing

@testable import SluiceAdmin

@Suite("What a POST says of a deploy")
struct DeployMarkTests {
  private func read(_ text: String) -> Result<DeployMark, DeployMark.Mistake> {
    DeployMark.read(Array(text.utf8), upstreams: ["api", "web"])
  }

  private func mistake(_ text: String) -> String? {
    if case .failure(let mistake) = read(text) { mistake.detail } else { nil }
  }

  @Test("text, and the upstream where it is given")
  func valid() {
    #expect(read(#"{"text": "api v42"}"#) == .success(DeployMark(text: "api v42", upstream: nil)))
    #expect(
      read(#"{"text": "v42 ünïcode", "upstream": "api"}"#)
        == .success(DeployMark(text: "v42 ünïcode", upstream: "api")))
  }

  @Test(
    "what is wrong is said",
    arguments: [
      ("", "The body is no JSON object"), ("[]", "The body is no JSON object"),
      (#"{"text": 7}"#, "The body is no JSON object"), ("{}", "'text' is missing"),
      (#"{"text": "  "}"#, "not only spaces"),
      (#"{"text": "a\nb"}"#, "printable characters in one line"),
      (#"{"text": "a\u202eb"}"#, "printable characters in one line"),
      (#"{"text": "a", "upstream": "apy"}"#, "There is no upstream 'apy'; did you mean 'api'?"),
      (#"{"text": "a", "upstream": "\u001b[2J"}"#, "There is no upstream '[2J'."),
      (#"{"text": "a", "upstrem": "api"}"#, "There is no key 'upstrem' here; did you mean 'upstream'?"),
    ])
  func mistakes(_ body: String, _ said: String) {
    #expect(mistake(body)?.contains(said) == true, "\(mistake(body) ?? "accepted")")
  }

  @Test("a text has a bound")
  func bound() {
    let long = String(repeating: "x", count: 201)
    #expect(mistake("{\"text\": \"\(long)\"}")?.contains("at most 200") == true)
    #expect(mistake("{\"text\": \"\(long.dropLast())\"}") == nil)
  }
}
