import Foundation
import Testing

@testable import SluiceConfiguration

@Suite struct SchemaTests {
  private typealias Object = [String: Any]

  /// Walks the schema beside the table: at each mapping the same keys, the same required ones, and no others allowed.
  @Test func theSchemaHasTheKeysOfTheTable() throws {
    let data = Data(ConfigurationReference.jsonSchema.utf8)
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? Object)
    var sections = 0
    try compare(schema, Section.root.description, &sections)
    #expect(sections >= 17)
  }

  private func compare(_ schema: Object, _ section: SectionDescription, _ sections: inout Int) throws {
    sections += 1
    let keys = section.keys.filter { !$0.isLater }
    let properties = try #require(schema["properties"] as? Object, "\(section.path)")
    #expect(Set(properties.keys) == Set(keys.map(\.name)), "\(section.path)")
    #expect(schema["additionalProperties"] as? Bool == false)
    #expect(Set(schema["required"] as? [String] ?? []) == Set(keys.filter(\.isRequired).map(\.name)))
    for key in keys {
      let property = try #require(properties[key.name] as? Object)
      #expect((property["description"] as? String)?.isEmpty == false, "\(section.path).\(key.name)")
      for inner in key.sections { try compare(try #require(mapping(in: property)), inner, &sections) }
    }
  }

  /// The mapping with fixed keys that a property is, holds, or may be.
  private func mapping(in schema: Object) -> Object? {
    if schema["properties"] != nil { return schema }
    if let items = schema["items"] as? Object { return mapping(in: items) }
    if let values = schema["additionalProperties"] as? Object { return mapping(in: values) }
    for choice in schema["anyOf"] as? [Object] ?? [] {
      if let found = mapping(in: choice) { return found }
    }
    return nil
  }

  @Test func noKeyIsSaidTwice() {
    func check(_ section: SectionDescription) {
      #expect(Set(section.keys.map(\.name)).count == section.keys.count, "\(section.path)")
      section.keys.flatMap(\.sections).forEach(check)
    }
    check(Section.root.description)
  }

  /// A default that the reference shows must be one that a file may say.
  @Test func defaultsAreValuesThatAFileMaySay() throws {
    let upstream = try configure(valid.replacing("# the end", with: timeouts(Section.upstreamTimeouts.description)))
      .upstreams
    #expect(upstream.first?.timeouts == Section.upstreamTimeouts.defaults)
  }

  private func timeouts(_ section: SectionDescription) -> String {
    "    timeouts: { " + section.keys.map { "\($0.name): \($0.defaultText)" }.joined(separator: ", ") + " }"
  }
}
