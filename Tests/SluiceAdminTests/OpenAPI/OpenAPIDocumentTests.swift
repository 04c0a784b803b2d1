import Foundation
import SluiceConfiguration
import SluiceDiagnosis
import Testing

@testable import SluiceAdmin

@Suite("The API's description of itself")
struct OpenAPIDocumentTests {
  private let table = AdminSource.table()

  private func document(isGuarded: Bool = false) throws -> JSONValue {
    try OpenAPIDocument(routes: table.routes, isGuarded: isGuarded).value()
  }

  @Test("every route below /api is described, and nothing else than the routes")
  func complete() throws {
    guard case .object(let paths)? = try document()["paths"] else {
      Issue.record("there are no paths")
      return
    }
    let described = Set(
      paths.flatMap { path, item -> [String] in
        guard case .object(let methods) = item else { return [] }
        return methods.keys.map { "\($0.uppercased()) \(path)" }
      })
    let routes = Set(
      table.routes.filter { $0.path.description.hasPrefix("/api/") || $0.path.description.hasSuffix("z") }
        .map { "\($0.method) \($0.path.description)" })
    #expect(described == routes)
    #expect(described.count > 12)
  }

  @Test("each operation has an ID of its own, and names all that stands in its path")
  func operations() {
    let operations = table.routes.compactMap { route in route.operation.map { (route, $0) } }
    #expect(Set(operations.map(\.1.id)).count == operations.count)
    for (route, operation) in operations {
      #expect(Set(route.path.names) == Set(operation.names.keys), "\(operation.id)")
      #expect((route.method == "POST") == (operation.body != nil), "\(operation.id)")
      let statuses =
        operation.outcomes.map(\.status) + OpenAPIDocument.common(route, isGuarded: true).map(\.status)
      #expect(Set(statuses).count == statuses.count, "\(operation.id) says a status twice")
    }
  }

  @Test("every reference leads somewhere")
  func references() throws {
    let document = try document()
    guard case .object(let schemas)? = document["components"]?["schemas"] else {
      Issue.record("there are no schemas")
      return
    }
    func references(_ value: JSONValue) -> [String] {
      switch value {
      case .object(let members):
        members.flatMap { name, value -> [String] in
          if name == "$ref", case .text(let target) = value { [target] } else { references(value) }
        }
      case .list(let items): items.flatMap(references)
      case .text, .integer, .boolean: []
      }
    }
    let all = Set(references(document))
    #expect(all == Set(schemas.keys.map { "#/components/schemas/" + $0 }))
    #expect(schemas.keys.contains("WhyAnswer") && schemas.keys.contains("Examination"))
  }

  @Test("a schema says what a type may leave out, and of what kind each member is")
  func schema() throws {
    struct Inner: Codable { var flag: Bool }
    enum Word: String, Codable, CaseIterable { case one, two }
    struct Sample: Codable {
      var text: String
      var number: Int64?
      var count: UInt32
      var share: Double?
      var words: [Word]
      var inner: Inner?
      var table: [String: Int]
      private enum CodingKeys: String, CodingKey {
        case text, number, share, words, inner, table
        case count = "howMany"
      }
    }
    let book = SchemaBook()
    #expect(try book.schema(Sample.self)["$ref"] != nil)
    let found = try #require(book.schemas.first { $0.key.hasSuffix("Sample") }?.value)
    #expect(found["required"] == ["howMany", "table", "text", "words"])
    #expect(found["properties"]?["number"] == ["type": "integer"])
    #expect(found["properties"]?["howMany"] == ["type": "integer", "minimum": 0])
    #expect(found["properties"]?["words"] == ["type": "array", "items": ["type": "string", "enum": ["one", "two"]]])
    #expect(found["properties"]?["table"] == ["type": "object", "additionalProperties": ["type": "integer"]])
    #expect(found["properties"]?["inner"]?["$ref"] != nil)
    #expect(found["additionalProperties"] == false)
  }

  @Test("a type that is no list of words and no object has no schema")
  func unknown() {
    enum Odd: Int, Codable, CaseIterable { case one }
    struct Holder: Codable { var odd: Odd }
    #expect(throws: SchemaBook.Unknown.self) { try SchemaBook().schema(Holder.self) }
  }

  @Test("the token stands in it where one is asked for", arguments: [true, false])
  func security(_ isGuarded: Bool) throws {
    let document = try document(isGuarded: isGuarded)
    #expect((document["security"] != nil) == isGuarded)
    let responses = document["paths"]?["/api/v1/status"]?["get"]?["responses"]
    #expect((responses?["401"] != nil) == isGuarded)
    #expect(document["paths"]?["/healthz"]?["get"]?["security"] == .list([]))
  }

  @Test("moments that are described are those that are taken")
  func moments() throws {
    let pattern = try Regex(AdminParameter.momentPattern)
    let parameter = [AdminParameter("since", .moment, "When.")]
    for text in [
      "5m", "1h30m", "90s", "2d", "10ms", "1w", "2026-11-24", "2026-11-24T10:00", "2026-11-24 10:00:30Z", "5x", "m", "",
      "-5m", "2026-11-24T10", "2026-11", "now", "12345678901s", "5m ", "2026-11-24T10:00:00+01:00",
    ] {
      var values = AdminValues()
      var isTaken = true
      do {
        try values.add(query: "since=\(PercentCode.encoded(text))", parameter)
      } catch {
        isTaken = error.status == 422
      }
      #expect(isTaken == (text.firstMatch(of: pattern) != nil), "\(text)")
    }
  }
}
