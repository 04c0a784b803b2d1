internal import SluiceCore

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents

/// What a POST says of a deploy.
struct DeployMark: Equatable {
  var text: String
  /// nil: all.
  var upstream: String?

  struct Mistake: Error, Equatable {
    /// 400: not of its form. 422: of its form, and no mark all the same.
    var status = 400
    var detail: String
  }

  static let schema: JSONValue = [
    "type": "object", "required": ["text"], "additionalProperties": false,
    "properties": [
      "text": [
        "type": "string", "minLength": 1, "maxLength": .integer(Int64(IncidentStore.textMax)),
        "description": "What was deployed, in one printable line, as in \"api v42\".",
      ],
      "upstream": ["type": ["string", "null"], "description": "The upstream that it concerns; without it, all."],
    ],
  ]

  private struct Document: Decodable {
    var text: String?
    var upstream: String?
    var unknown: String?

    private struct AnyKey: CodingKey {
      var stringValue: String
      var intValue: Int? { nil }
      init?(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
      init(_ name: String) { stringValue = name }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: AnyKey.self)
      text = try container.decodeIfPresent(String.self, forKey: AnyKey("text"))
      upstream = try container.decodeIfPresent(String.self, forKey: AnyKey("upstream"))
      unknown = container.allKeys.map(\.stringValue).sorted().first { $0 != "text" && $0 != "upstream" }
    }
  }

  static func read(_ body: [UInt8], upstreams: [String]) -> Result<DeployMark, Mistake> {
    let document: Document
    do {
      document = try JSONDecoder().decode(Document.self, from: Data(body))
    } catch {
      return .failure(
        Mistake(
          detail: "The body is no JSON object such as {\"text\": \"api v42\", \"upstream\": \"api\"}, both texts."))
    }
    if let unknown = document.unknown {
      let hint = Spelling.nearest(to: unknown, in: ["text", "upstream"]).map { "; did you mean '\($0)'?" } ?? "."
      return .failure(Mistake(detail: "There is no key '\(PlainName.shown(unknown))' here\(hint)"))
    }
    guard let text = document.text, !text.isEmpty else {
      return .failure(Mistake(detail: "'text' is missing: say what was deployed, as in \"api v42\"."))
    }
    guard text.unicodeScalars.count <= IncidentStore.textMax else {
      return .failure(Mistake(detail: "'text' takes at most \(IncidentStore.textMax) characters."))
    }
    guard text.contains(where: { !$0.isWhitespace }), text.unicodeScalars.allSatisfy(PlainName.isPlain) else {
      return .failure(
        Mistake(status: 422, detail: "'text' takes printable characters in one line, and not only spaces."))
    }
    if let upstream = document.upstream, !upstreams.contains(upstream) {
      let hint = Spelling.nearest(to: upstream, in: upstreams).map { "; did you mean '\($0)'?" } ?? "."
      return .failure(
        Mistake(status: 422, detail: "There is no upstream '\(PlainName.shown(upstream))'\(hint)"))
    }
    return .success(DeployMark(text: text, upstream: document.upstream))
  }
}
