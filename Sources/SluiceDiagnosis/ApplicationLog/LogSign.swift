internal import SluiceIncidents

/// A text that stands out in a line, and what it tells.
struct LogSign: Sendable {
  var kind: ApplicationLogNote.Kind
  /// nil: many languages say it so.
  var language: String?
  /// Each has to occur in the line; in lower case.
  var needles: [String]

  init(_ kind: ApplicationLogNote.Kind, _ language: String? = nil, _ needles: String...) {
    self.kind = kind
    self.language = language
    self.needles = needles
  }
}

extension LogSign {
  /// The first sign that a line shows, in the order of the table.
  static func first(in line: ArraySlice<UInt8>) -> (sign: LogSign, end: Int)? {
    let hits = table.hits(in: line)
    guard !hits.isEmpty else { return nil }
    for (sign, numbers) in zip(all, numbersOfSigns) {
      let ends = numbers.compactMap { hits[$0] }
      if ends.count == numbers.count, let end = ends.first { return (sign, end) }
    }
    return nil
  }

  /// What explains stands before what it explains: a refused port before the error that tells it.
  static let all: [LogSign] =
    memory + workers + limits + listeningFailures + endings + listening + starts + lateDependencies
    + failedDependencies + crashes + [LogSign(.listening, nil, "listening")]

  private static let table = NeedleTable(all.flatMap(\.needles))

  /// Indices into the table, for each sign.
  private static let numbersOfSigns: [Range<Int>] = {
    var next = 0
    return all.map { sign in
      defer { next += sign.needles.count }
      return next..<(next + sign.needles.count)
    }
  }()
}
