/// What `/openapi.json` says of a route: written beside it, so that neither is changed alone.
public struct AdminOperation: Sendable {
  /// One answer.
  struct Outcome: Sendable {
    var status: Int
    var meaning: String
    var contentType = "application/json"
    var schema: @Sendable (SchemaBook) throws -> JSONValue

    static func json<Value: Decodable & SendableMetatype>(
      _ status: Int, _ type: Value.Type, _ meaning: String, contentType: String = "application/json"
    ) -> Outcome {
      Outcome(status: status, meaning: meaning, contentType: contentType) { try $0.schema(type) }
    }

    static func text(_ status: Int, _ meaning: String, contentType: String = "text/plain; charset=utf-8") -> Outcome {
      Outcome(status: status, meaning: meaning, contentType: contentType) { _ in ["type": "string"] }
    }

    static func problem(_ status: Int, _ meaning: String) -> Outcome {
      json(status, ProblemReport.self, meaning, contentType: "application/problem+json")
    }
  }

  /// Unique among all.
  var id: String
  /// One line.
  var summary: String
  var outcomes: [Outcome]
  /// Of a body; nil: the method has none.
  var body: JSONValue?
  /// Of the names in the path.
  var names: [String: String]

  init(
    _ id: String, _ summary: String, _ outcomes: [Outcome], body: JSONValue? = nil, names: [String: String] = [:]
  ) {
    self.id = id
    self.summary = summary
    self.outcomes = outcomes
    self.body = body
    self.names = names
  }
}
