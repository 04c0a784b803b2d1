/// Numbers in the order in which they came; what was taken from the front is given back to memory now and then.
struct Fifo: Equatable, Sendable {
  private var numbers: [Int] = []
  private var head = 0

  var first: Int? { head < numbers.count ? numbers[head] : nil }

  var last: Int? { head < numbers.count ? numbers.last : nil }

  func prefix(_ count: Int) -> ArraySlice<Int> { numbers[head...].prefix(count) }

  func suffix(_ count: Int) -> ArraySlice<Int> { numbers[head...].suffix(count) }

  mutating func append(_ number: Int) { numbers.append(number) }

  @discardableResult
  mutating func removeFirst() -> Int? {
    guard let first else { return nil }
    head += 1
    if head > 1024, head * 2 > numbers.count {
      numbers.removeFirst(head)
      head = 0
    }
    return first
  }
}
