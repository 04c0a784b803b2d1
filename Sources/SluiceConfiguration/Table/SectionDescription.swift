/// A section without its types: what the reference and the schema are made of.
struct SectionDescription: Sendable {
  var path: String
  var doc: String
  var keys: [KeyDescription]

  /// JSON Schema of a mapping with these keys and no others.
  var schema: JSON {
    let current = keys.filter { !$0.isLater }
    let properties = current.map { key in
      JSON.Member(name: key.name, value: key.schema.adding("description", .string(key.schemaText)))
    }
    var result = JSON.object(["type": .string("object"), "properties": .object(properties)])
    let required = current.filter(\.isRequired).map { JSON.string($0.name) }
    if !required.isEmpty { result = result.adding("required", .array(required)) }
    return result.adding("additionalProperties", .boolean(false))
  }
}

struct KeyDescription: Sendable {
  var name: String
  var type: String
  /// Empty where the key is required.
  var defaultText: String
  var doc: String
  var isRequired: Bool
  var isLater: Bool
  var schema: JSON
  var sections: [SectionDescription]

  /// The doc text with the default, without the marks of Markdown.
  var schemaText: String {
    let text = doc.replacing("`", with: "'")
    return defaultText.isEmpty ? text : "\(text) Default: \(defaultText)"
  }
}
