/// Traces of Java, Node and .NET: a message, its frames below it, and causes within.
enum FrameTrace {
  static func read(_ lines: [LogLine], frame: Int, _ language: String) -> StackTrace {
    let header = header(lines, frame: frame)
    var last = frame
    var cause = named(lines[header].bodyText)
    if language == "dotnet" {
      for index in header..<frame {
        if let inner = LogWords.behindLast(" ---> ", in: lines[index].bodyText) { cause = named(inner) }
      }
    }
    for index in (frame + 1)..<max(frame + 1, min(lines.count, frame + StackTrace.linesMax)) {
      guard let part = part(lines[index], language) else { break }
      if case .cause(let text) = part { cause = text }
      last = index
    }
    return StackTrace(
      lines: (language == "node" ? source(lines, above: header) : header)...last, language: language, cause: cause,
      isUncaught: isUncaught(lines, header: header, last: last, language))
  }

  private enum Part {
    case frame
    case cause(String)
  }

  /// nil: the line is no part of a trace.
  private static func part(_ line: LogLine, _ language: String) -> Part? {
    let text = line.bodyText
    for mark in ["Caused by: ", "[cause]: ", " ---> "] {
      guard let inner = LogWords.behindLast(mark, in: text) else { continue }
      // A single word behind it is an object that Node shows, which tells nothing.
      return .cause(named(inner))
    }
    if FrameForm.language(of: line.body) != nil { return .frame }
    let trimmed = LogWords.trimmed(text)
    if trimmed.hasPrefix("... "), line.isIndented { return .frame }
    if trimmed.hasPrefix("Suppressed: ") || trimmed.hasPrefix("--- End of ") { return .frame }
    let isOfNode =
      trimmed == "}" || line.isIndented || trimmed.hasPrefix("Node.js v") || trimmed.hasPrefix("Emitted 'error' event")
    return language == "node" && isOfNode && line.time == nil ? .frame : nil
  }

  /// The first of the lines in which Node shows the place in the source: the file, the line, a mark below it.
  private static func source(_ lines: [LogLine], above header: Int) -> Int {
    for index in stride(from: header - 1, through: max(0, header - 3), by: -1) {
      let text = LogWords.trimmed(lines[index].bodyText)
      if !text.isEmpty, text.allSatisfy({ $0 == "^" }) { return max(0, index - 2) }
    }
    return header
  }

  /// The line above the frames that names the error.
  private static func header(_ lines: [LogLine], frame: Int) -> Int {
    let first = max(0, frame - StackTrace.messageLinesMax)
    for index in stride(from: frame - 1, through: first, by: -1) {
      // .NET shows inner errors between the first line and the frames.
      if lines[index].body.drop(while: { $0 == 0x20 }).starts(with: "--->".utf8) { continue }
      if position(ofError: Array(lines[index].body)) != nil { return index }
      // What has a time of its own begins something: an error's message does not go beyond it.
      if lines[index].time != nil { return index }
    }
    return max(first, frame - 1)
  }

  /// From the error's own name on, without what stands before it; a brace that opens what Node shows of it is left out.
  static func named(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var part = position(ofError: bytes).map { String(decoding: bytes[$0...], as: UTF8.self) } ?? text
    part = LogWords.before(" ---> ", in: part)
    part = LogWords.trimmed(part)
    return part.hasSuffix(" {") ? String(part.dropLast(2)) : part
  }

  /// Where a word begins that ends with Error, Exception or Throwable, and is the whole text or followed by a colon, a
  /// bracket or the end.
  private static func position(ofError bytes: [UInt8]) -> Int? {
    var start: Int?
    for index in 0...bytes.count {
      let isName = index < bytes.count && (bytes[index].isWordByte || bytes[index] == 0x2E || bytes[index] == 0x24)
      if isName {
        start = start ?? index
        continue
      }
      defer { start = nil }
      guard let begin = start else { continue }
      let word = String(decoding: bytes[begin..<index], as: UTF8.self)
      guard suffixes.contains(where: word.hasSuffix) else { continue }
      // "Exception in thread" and "Error while" are words of a sentence.
      let isCode = index + 1 < bytes.count && bytes[index] == 0x20 && bytes[index + 1] == 0x5B
      let isAlone = suffixes.contains(word)
      let ends: [UInt8] = isAlone ? [0x3A] : [0x3A, 0x20, 0x5B, 0x28, 0x5D]
      if index == bytes.count || ends.contains(bytes[index]) || isCode { return begin }
    }
    return nil
  }

  private static let suffixes = ["Error", "Exception", "Throwable"]

  private static func isUncaught(_ lines: [LogLine], header: Int, last: Int, _ language: String) -> Bool {
    let text = lines[header].bodyText
    switch language {
    case "node":
      // Node shows the place in the source above the error, and its own version below it.
      let below = lines[last...].prefix(8).contains { $0.body.starts(with: "Node.js v".utf8) }
      let above = lines[max(0, header - 3)...header].contains { $0.body.starts(with: "Uncaught".utf8) }
      return below || above
    case "java": return text.hasPrefix("Exception in thread ") || text.contains("Application run failed")
    default: return text.contains("Unhandled exception")
    }
  }
}
