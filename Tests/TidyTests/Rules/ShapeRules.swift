extension Rule {
  static let fileLinesMax = 450
  static let functionLinesMax = 80
  static let columnsMax = 120

  static let fileLength = Rule(
    why: "a file is read in one go: about 400 lines",
    instead: "move a part to `Type+Aspect.swift`",
    find: { file in
      file.lines.count > fileLinesMax
        ? [(fileLinesMax + 1, "\(file.lines.count) lines, more than \(fileLinesMax)")] : []
    })

  static let functionLength = Rule(
    why: "a function is understood at a glance: about 70 lines",
    instead: "branch in the parent and move the straight lines to leaves",
    find: { file in
      FunctionReader.functions(in: file.code).compactMap { function in
        function.lineCount > functionLinesMax
          ? (function.line, "\(function.name) has \(function.lineCount) lines, more than \(functionLinesMax)") : nil
      }
    })

  static let lineLength = Rule(
    why: "two files fit beside each other",
    instead: "break the line",
    find: { file in
      file.lines.enumerated().compactMap { index, line in
        guard line.count > columnsMax, !isLiteralText(file, index) else { return nil }
        return (index + 1, "\(line.count) columns, more than \(columnsMax)")
      }
    })

  /// A line that is nothing but the text of a literal may be longer: a broken sentence is not found by a search.
  private static func isLiteralText(_ file: SourceFile, _ index: Int) -> Bool {
    let code = file.code[index].trimmed
    return file.comments[index].trimmed.isEmpty && (code.isEmpty || code.hasPrefix("\""))
  }

  /// A file is found by the name of its type. A file of extensions alone may have any name.
  static let typeNames = Rule(
    why: "a newcomer finds a type by the name of its file",
    instead: "rename the file after its main type, or list it here with what it gathers",
    exempt: [
      "Sources/SluiceCore/Exchange/ExchangeFacts.swift": "the small facts that events carry, told in one place",
      "Sources/SluiceCore/Exchange/Policies.swift": "the numbers that govern an exchange, all their defaults together",
      "Sources/SluiceWire/AppearanceRecognition.swift": "what recognises an Appearance",
      "Sources/SluiceWire/HeadWriting.swift": "everything that writes heads and chunk lines",
      "Sources/SluiceGateway/Resolver/ResolverFiles.swift": "when the resolver looks at the system's files again",
      "Sources/SluiceGateway/Exchanges/Streams.swift": "the two sides of an exchange as one pair of protocols",
    ],
    find: { file in
      guard !file.baseName.contains("+"), file.baseName != "main", file.baseName != "Package" else { return [] }
      let types = topLevelTypes(of: file)
      guard let first = types.first, !types.contains(where: { $0.name == file.baseName }) else { return [] }
      return [(first.line, "\(first.name) is declared in a file named \(file.baseName).swift")]
    })

  static func topLevelTypes(of file: SourceFile) -> [(line: Int, name: String)] {
    guard let regex = expression(#"^(?:[a-z@][\w()]*\s+)*(?:struct|enum|class|actor|protocol)\s+(\w+)"#) else {
      return []
    }
    return file.code.enumerated().compactMap { index, line in
      guard !line.hasPrefix(" "), let match = line.firstMatch(of: regex), let name = match.output[1].substring else {
        return nil
      }
      return (index + 1, String(name))
    }
  }
}
