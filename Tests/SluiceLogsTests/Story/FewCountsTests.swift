import Testing

@testable import SluiceLogs

struct FewCountsTests {
  @Test func everyKeyHasItsOwnCount() {
    var counts = FewCounts<Int>()
    for key in [3, 1, 3, 2, 3, 1] { counts.add(key) }
    #expect(counts.counts == [1: 2, 2: 1, 3: 3])
  }

  @Test func theOrderDoesNotMatter() {
    var one = FewCounts<Int>()
    var other = FewCounts<Int>()
    for key in [1, 2, 2] { one.add(key) }
    for key in [2, 1] { other.add(key) }
    #expect(one != other)
    other.add(2)
    #expect(one == other)
  }
}
