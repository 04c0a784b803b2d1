import Foundation

/// What `/metrics` told in Prometheus' text, read by the rules of the format.
struct Scrape: Sendable {
  struct Series: Hashable, Sendable {
    var name: String
    var labels: [String: String]
  }

  /// A line that is none of the format's.
  struct Malformed: Error {
    var line: String
  }

  private(set) var values: [Series: Double] = [:]
  /// By family.
  private(set) var types: [String: String] = [:]

  init(_ text: String) throws {
    for line in text.split(separator: "\n") {
      if line.hasPrefix("# TYPE ") {
        let words = line.split(separator: " ")
        types[String(words[2])] = String(words[3])
      }
      guard !line.hasPrefix("#") else { continue }
      let series = try Self.series(line)
      guard values[series.0] == nil else { throw Malformed(line: "twice: \(line)") }
      values[series.0] = series.1
    }
  }

  private static func series(_ line: Substring) throws -> (Series, Double) {
    guard let space = line.lastIndex(of: " "), let value = Double(line[line.index(after: space)...]) else {
      throw Malformed(line: String(line))
    }
    let name = line.prefix { $0 != "{" && $0 != " " }
    var labels: [String: String] = [:]
    var rest = line[name.endIndex..<space]
    guard rest.popFirst() == "{" else { return (Series(name: String(name), labels: [:]), value) }
    while let first = rest.first, first != "}" {
      if first == "," { rest.removeFirst() }
      let label = rest.prefix { $0 != "=" }
      rest = rest.dropFirst(label.count + 1)
      guard rest.popFirst() == "\"" else { throw Malformed(line: String(line)) }
      var text = ""
      while let character = rest.popFirst(), character != "\"" {
        guard character == "\\" else {
          text.append(character)
          continue
        }
        switch rest.popFirst() {
        case "n": text.append("\n")
        case "\\": text.append("\\")
        case "\"": text.append("\"")
        default: throw Malformed(line: String(line))
        }
      }
      labels[String(label)] = text
    }
    return (Series(name: String(name), labels: labels), value)
  }

  /// The sum of all series of a name that have these labels.
  func sum(_ name: String, _ labels: [String: String] = [:]) -> Double {
    values.reduce(0) { sum, entry in
      let isWanted = entry.key.name == name && labels.allSatisfy { entry.key.labels[$0.key] == $0.value }
      return isWanted ? sum + entry.value : sum
    }
  }

  /// Sums by the value of a label; those of 0 are left out.
  func sums(_ name: String, by label: String) -> [String: Double] {
    values.reduce(into: [:]) { sums, entry in
      guard entry.key.name == name, entry.value != 0 else { return }
      sums[entry.key.labels[label] ?? "", default: 0] += entry.value
    }
  }

  /// Counters, and the counts and buckets of histograms: what may never fall.
  var growing: [Series: Double] {
    values.filter { series, _ in
      series.name.hasSuffix("_total") || series.name.hasSuffix("_count") || series.name.hasSuffix("_bucket")
    }
  }

  /// The names of families.
  var families: Set<String> { Set(types.keys) }
}
