internal import SluiceIncidents

/// JSON Schemas of the types that are answered, each found by decoding the type from nothing and watching what it asks
/// for.
///
/// # Why this way
/// A schema that is written beside a type says something else a month later. What a type asks its decoder for is what
/// its encoder writes, since the compiler makes both from the same fields; so the schema cannot be wrong about a name,
/// a kind or whether a member may be absent.
///
/// # Not handled here
/// Types that write their conformance by hand, except `Seen`, which says its forms below.
final class SchemaBook {
  /// A type that has no schema.
  struct Unknown: Error, CustomStringConvertible {
    var description: String
  }

  /// By the type's name without its module.
  private(set) var schemas: [String: JSONValue] = [:]

  /// The schema of a type, or where it stands.
  func schema<Value: Decodable>(_ type: Value.Type) throws -> JSONValue {
    if let scalar = Self.scalar(type) { return scalar }
    if let form = type as? any SchemaForm.Type { return try form.schema(in: self) }
    if let words = type as? any CaseIterable.Type { return try Self.words(words) }
    let name = Self.name(type)
    if schemas[name] == nil {
      // So that a type that holds itself ends here.
      schemas[name] = .object([:])
      let recorder = SchemaRecorder(book: self)
      _ = try Value(from: recorder)
      schemas[name] = recorder.object
    }
    return ["$ref": .text("#/components/schemas/" + name)]
  }

  /// - Throws: where a value of the type cannot be had from nothing.
  func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if let words = type as? any CaseIterable.Type {
      guard let first = Self.first(words) as? Value else { throw Unknown(description: "\(type) has no case") }
      return first
    }
    return try Value(from: SchemaRecorder(book: self))
  }

  static func name(_ type: any Any.Type) -> String {
    String(reflecting: type).split(separator: ".").dropFirst().joined(separator: ".")
  }

  private static func scalar(_ type: any Any.Type) -> JSONValue? {
    switch type {
    case is String.Type: ["type": "string"]
    case is Bool.Type: ["type": "boolean"]
    case is Double.Type: ["type": "number"]
    case is Int.Type, is Int64.Type, is Int32.Type, is Int16.Type, is Int8.Type: ["type": "integer"]
    case is UInt.Type, is UInt64.Type, is UInt32.Type, is UInt16.Type, is UInt8.Type:
      ["type": "integer", "minimum": 0]
    default: nil
    }
  }

  private static func words<Word: CaseIterable>(_ type: Word.Type) throws -> JSONValue {
    let words = type.allCases.compactMap { ($0 as? any RawRepresentable)?.rawValue as? String }
    guard words.count == type.allCases.count else { throw Unknown(description: "\(type) is no list of words") }
    return ["type": "string", "enum": .list(words.map(JSONValue.text))]
  }

  private static func first<Word: CaseIterable>(_ type: Word.Type) -> Any? { type.allCases.first }
}

/// A type whose form in JSON is not that of an object of its fields.
protocol SchemaForm {
  static func schema(in book: SchemaBook) throws -> JSONValue
}

extension Array: SchemaForm where Element: Decodable {
  static func schema(in book: SchemaBook) throws -> JSONValue {
    ["type": "array", "items": try book.schema(Element.self)]
  }
}

extension Dictionary: SchemaForm where Key == String, Value: Decodable {
  static func schema(in book: SchemaBook) throws -> JSONValue {
    ["type": "object", "additionalProperties": try book.schema(Value.self)]
  }
}

extension Seen: SchemaForm {
  static func schema(in book: SchemaBook) throws -> JSONValue {
    func only(_ name: String, _ schema: JSONValue) -> JSONValue {
      [
        "type": "object", "properties": .object([name: schema]), "required": .list([.text(name)]),
        "additionalProperties": false,
      ]
    }
    return [
      "oneOf": [
        only("seen", try book.schema(Value.self)), only("notRun", ["type": "string"]),
        only("timedOutMs", ["type": "number"]),
      ]
    ]
  }
}
