import Testing

@testable import SluiceLogs

@Suite("Entries of a block")
struct BlockScannerTests {
  @Test(
    "come in the order of time, and in that of their lines where the time is the same", arguments: [1, 2, 3, 40, 500])
  func order(count: Int) {
    var numbers = SeededNumbers(seed: UInt64(count))
    for _ in 0..<20 {
      var entries = (0..<count).map { line in
        let entry = Made.access(502, at: Double(numbers.next() % 50)) { $0.place.line = line }
        return TimedEntry(time: entry.time ?? 0, entry: entry)
      }
      let expected = entries.map(\.entry).sorted { ($0.time ?? 0, $0.place.line) < ($1.time ?? 0, $1.place.line) }
      BlockScanner.sort(&entries)
      #expect(entries.map(\.entry) == expected)
      #expect(entries.map(\.time) == expected.map(\.time))
    }
  }
}
