/// `/openapi.json`: every operation of the API with exact schemas, made from the routes themselves.
struct OpenAPIDocument {
  let routes: [AdminRoute]
  /// Of the API; members may be added within one.
  static let version = "1.0"
  /// Whether the address asks for a token.
  let isGuarded: Bool

  /// - Throws: `SchemaBook.Unknown`, for a type whose schema cannot be told; a test makes the document.
  func value() throws -> JSONValue {
    let book = SchemaBook()
    var paths: [String: [String: JSONValue]] = [:]
    for route in routes {
      guard let operation = route.operation else { continue }
      paths[route.path.description, default: [:]][route.method.lowercased()] = try value(operation, route, book)
    }
    var document: [String: JSONValue] = [
      "openapi": "3.1.0",
      "info": [
        "title": "Sluice", "version": .text(Self.version),
        "summary": "What a running gateway knows of itself, its endpoints and what has failed.",
        "description": """
        Times are Unix milliseconds unless a name says otherwise; spans end in Ms. A member that is not known is left \
        out. Members may be added.
        """,
      ],
      "paths": .object(paths.mapValues(JSONValue.object)),
      "components": [
        "schemas": .object(book.schemas),
        "securitySchemes": [
          "token": [
            "type": "http", "scheme": "bearer",
            "description":
              "The `admin.token` of the configuration. Without one, whoever reaches the address may use it.",
          ]
        ],
      ],
    ]
    if isGuarded { document["security"] = [["token": .list([])]] }
    return .object(document)
  }

  private func value(_ operation: AdminOperation, _ route: AdminRoute, _ book: SchemaBook) throws -> JSONValue {
    var members: [String: JSONValue] = [
      "operationId": .text(operation.id), "summary": .text(operation.summary),
      "responses": .object(try responses(operation, route, book)),
    ]
    let parameters =
      route.path.names.map { name in named(name, operation) } + (route.parameters ?? []).map { query($0) }
    if !parameters.isEmpty { members["parameters"] = .list(parameters) }
    if route.isOpen { members["security"] = .list([]) }
    if let body = operation.body {
      members["requestBody"] = ["required": true, "content": ["application/json": ["schema": body]]]
    }
    return .object(members)
  }

  private func responses(
    _ operation: AdminOperation, _ route: AdminRoute, _ book: SchemaBook
  ) throws -> [String: JSONValue] {
    var responses: [String: JSONValue] = [:]
    for outcome in operation.outcomes + Self.common(route, isGuarded: isGuarded) {
      responses[String(outcome.status)] = [
        "description": .text(outcome.meaning),
        "content": .object([outcome.contentType: ["schema": try outcome.schema(book)]]),
      ]
    }
    return responses
  }

  /// What `AdminTable` answers before a route is asked.
  static func common(_ route: AdminRoute, isGuarded: Bool) -> [AdminOperation.Outcome] {
    var outcomes: [AdminOperation.Outcome] = [
      .problem(400, "A parameter or the body is wrong, or there is no Host."),
      .problem(421, "The Host is neither the admin address nor a name of its machine."),
    ]
    if isGuarded, !route.isOpen { outcomes.append(.problem(401, "The token is missing or wrong.")) }
    if route.method == "POST" {
      outcomes += [
        .problem(403, "A page of another origin sent it."), .problem(413, "The body is too large."),
        .problem(415, "The body is not declared as JSON."),
      ]
    }
    return outcomes
  }

  private func named(_ name: String, _ operation: AdminOperation) -> JSONValue {
    [
      "name": .text(name), "in": "path", "required": true,
      "schema": ["type": "string", "minLength": 1], "description": .text(operation.names[name] ?? name),
    ]
  }

  private func query(_ parameter: AdminParameter) -> JSONValue {
    let one = schema(parameter.kind)
    var members: [String: JSONValue] = [
      "name": .text(parameter.name), "in": "query", "description": .text(parameter.summary), "schema": one,
    ]
    if parameter.isRepeatable {
      members["schema"] = ["type": "array", "items": one, "maxItems": .integer(AdminParameter.repeatsMax)]
      members["explode"] = true
    }
    return .object(members)
  }

  private func schema(_ kind: AdminParameter.Kind) -> JSONValue {
    switch kind {
    case .text(let max): ["type": "string", "minLength": 1, "maxLength": .integer(Int64(max))]
    case .integer(let range):
      ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
    case .word(let words): ["type": "string", "enum": .list(words.map(JSONValue.text))]
    case .moment: ["type": "string", "pattern": .text(AdminParameter.momentPattern)]
    }
  }
}
