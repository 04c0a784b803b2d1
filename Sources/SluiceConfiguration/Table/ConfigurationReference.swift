/// What is published about the format, made of the same table that files are read with.
public enum ConfigurationReference {
  /// JSON Schema (2020-12) of a configuration, for the completion and checks of editors.
  public static var jsonSchema: String {
    var root = JSON.object([
      "$schema": .string("https://json-schema.org/draft/2020-12/schema"),
      "title": .string("Sluice configuration"),
    ])
    if case .object(let members) = Section.root.description.schema {
      for member in members { root = root.adding(member.name, member.value) }
    }
    return root.rendered() + "\n"
  }

  /// `docs/CONFIGURATION.md`.
  public static var markdown: String {
    var text = introduction
    var seen: Set<String> = []
    write(Section.root.description, into: &text, &seen)
    return text
  }

  private static func write(
    _ section: SectionDescription, into text: inout String, _ seen: inout Set<String>
  ) {
    guard seen.insert(section.path).inserted else { return }
    text += "\n## \(section.path.isEmpty ? "The file" : "`\(section.path)`")\n\n\(section.doc)\n\n"
    text += "| Key | Value | Default | Meaning |\n|---|---|---|---|\n"
    for key in section.keys where !key.isLater {
      let initial = key.isRequired ? "**required**" : key.defaultText
      text += "| `\(key.name)` | \(cell(key.type))\(link(key)) | \(cell(initial)) | \(cell(key.doc)) |\n"
    }
    let later = section.keys.filter(\.isLater)
    if !later.isEmpty {
      text += "\nNot supported yet, and an error where it is written: "
      text += later.map { "`\($0.name)`" }.joined(separator: ", ") + ".\n"
    }
    for inner in section.keys.flatMap(\.sections) { write(inner, into: &text, &seen) }
  }

  /// To the section that says what a mapping holds, by the name that Markdown gives its heading.
  private static func link(_ key: KeyDescription) -> String {
    guard let path = key.sections.first?.path else { return "" }
    let anchor = path.lowercased().filter { $0.isLetter || $0.isNumber }
    return " ([`\(path)`](#\(anchor)))"
  }

  /// A bar would end the cell.
  private static func cell(_ text: String) -> String {
    text.isEmpty ? "–" : text.replacing("|", with: "\\|")
  }

  private static let introduction = """
    # Configuration

    This file is generated from the table in the code that reads configurations; `docs/sluice.schema.json` is made of
    the same table. `sluice check` tells every mistake of a file at once, each with its line and column.

    ```yaml
    # yaml-language-server: $schema=sluice.schema.json
    listeners:
      - address: 127.0.0.1:8080
    upstreams:
      app:
        endpoints: [http://127.0.0.1:3000]
    ```

    Values:

    - A **duration** has its unit: `500ms`, `2s`, `1m`, `1h`, `1.5s`.
    - A **size** is in bytes, or has a unit: `512`, `64KiB` (1024), `64KB` (1000), `1MiB`, `1GiB`.
    - A **percentage** is written `20%`.
    - `${NAME}` in any value is taken from the environment when the file is read; an unset variable is an error.
      `$${` stands for the two characters themselves.
    - What begins with `*` must be in quotes: `'*.example.com'`. YAML takes it for an alias otherwise.
    - Anchors (`&name`) and aliases (`*name`) may be used for whole values; `<<` may not.
    - A file has at most 1 MiB, 100,000 values and 32 levels.

    """
}
