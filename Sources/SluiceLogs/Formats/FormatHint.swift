/// What is known of a log before one of its lines is looked at. It decides what is tried first and not what is found:
/// a line is of one format alone.
struct FormatHint: Sendable, Equatable {
  /// Indices of formats that the log has, the most frequent first. In place, without a reference: cores that count
  /// references to one array wait for each other.
  private var indices = InlineArray<8, Int>(repeating: -1)
  private(set) var count = 0
  /// Whether most lines are objects that hold the line of a proxy as a text.
  var isWrapped = false

  /// More are found by asking all formats.
  static let formatsMax = 8

  init(_ formats: some Sequence<Int> = EmptyCollection()) {
    for format in formats.prefix(Self.formatsMax) {
      indices[count] = format
      count += 1
    }
  }

  var isEmpty: Bool { count == 0 }

  var formats: [Int] { (0..<count).map { indices[$0] } }

  static func == (one: FormatHint, other: FormatHint) -> Bool {
    one.formats == other.formats && one.isWrapped == other.isWrapped
  }

  subscript(place: Int) -> Int {
    @inline(__always) get { indices[place] }
  }

  func contains(_ format: Int) -> Bool {
    for place in 0..<count where indices[place] == format { return true }
    return false
  }
}
