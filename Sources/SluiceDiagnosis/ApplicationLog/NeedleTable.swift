/// Finds which of many short texts occur in a line, in one pass over it and whatever the case of its letters.
///
/// Needles are kept by their first two bytes, so that most bytes of a line cost one look into a table.
struct NeedleTable: Sendable {
  private let needles: [[UInt8]]
  private let buckets: [[UInt16]]

  /// - Parameter needles: In lower case, two bytes at least; at most 65,535.
  init(_ needles: [String]) {
    self.needles = needles.map { Array($0.utf8) }
    var buckets = [[UInt16]](repeating: [], count: 1024)
    for (index, needle) in self.needles.enumerated() where needle.count >= 2 && index <= Int(UInt16.max) {
      buckets[Self.bucket(needle[0], needle[1])].append(UInt16(index))
    }
    self.buckets = buckets
  }

  private static func bucket(_ first: UInt8, _ second: UInt8) -> Int {
    Int(first & 31) << 5 | Int(second & 31)
  }

  /// Indices of the needles that occur, each with where it first ends.
  func hits(in line: ArraySlice<UInt8>) -> [Int: Int] {
    guard line.count >= 2 else { return [:] }
    var hits: [Int: Int] = [:]
    var first = line[line.startIndex].lowercased
    for index in (line.startIndex + 1)..<line.endIndex {
      let second = line[index].lowercased
      for number in buckets[Self.bucket(first, second)] where hits[Int(number)] == nil {
        if let end = end(of: needles[Int(number)], in: line, at: index - 1) { hits[Int(number)] = end }
      }
      first = second
    }
    return hits
  }

  private func end(of needle: [UInt8], in line: ArraySlice<UInt8>, at start: Int) -> Int? {
    guard line.endIndex - start >= needle.count else { return nil }
    for index in needle.indices where line[start + index].lowercased != needle[index] { return nil }
    return start + needle.count
  }
}
