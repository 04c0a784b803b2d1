import SluiceCore
import Testing

@Suite("EndpointSet")
struct EndpointSetTests {
  @Test("Agrees with a set of numbers")
  func agrees() {
    var random = SplitMix64(seed: 77)
    var model: Set<Int> = []
    var set = EndpointSet()
    for _ in 0..<5_000 {
      let index = Int(random.next() % UInt64(EndpointSet.capacity))
      if random.next() & 1 == 0 {
        model.insert(index)
        set.insert(index)
      } else {
        model.remove(index)
        set.remove(index)
      }
      #expect(set.contains(index) == model.contains(index))
    }
    #expect(set.count == model.count)
    #expect(set == EndpointSet(model))
    for index in model { set.remove(index) }
    #expect(set.isEmpty)
    #expect(set == .empty)
    #expect(set.hashValue == EndpointSet.empty.hashValue)
  }

  @Test("Unites sets of different lengths")
  func union() {
    var small = EndpointSet([1])
    small.formUnion(EndpointSet([2, 500]))
    #expect(small == EndpointSet([1, 2, 500]))
    var large = EndpointSet([2, 500])
    large.formUnion(EndpointSet([1]))
    #expect(large == small)
  }

  @Test("Indices outside of the capacity are nowhere")
  func outside() {
    var set = EndpointSet([-1, EndpointSet.capacity])
    #expect(set.isEmpty)
    set.remove(-1)
    #expect(!set.contains(-1))
    #expect(!set.contains(EndpointSet.capacity))
  }
}
