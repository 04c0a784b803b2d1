/// The streams of a connection by their numbers.
///
/// Numbers of one side rise by two, so that half of the number, cut to the table's size, is nearly always a place of its
/// own: a look costs one comparison. What collides goes to the next place.
public struct HTTP2StreamTable<Value> {
  struct Place {
    /// 0: free.
    var id: UInt32 = 0
    var value: Value?
  }

  private var places: [Place] = []
  public private(set) var count = 0

  private static var initialSize: Int { 8 }

  public init() {}

  private var mask: Int { places.count - 1 }

  private func home(_ id: UInt32) -> Int { Int(id >> 1) & mask }

  private func index(of id: UInt32) -> Int? {
    guard count > 0 else { return nil }
    var index = home(id)
    while places[index].id != id {
      guard places[index].id != 0 else { return nil }
      index = (index + 1) & mask
    }
    return index
  }

  public subscript(id: UInt32) -> Value? { index(of: id).flatMap { places[$0].value } }

  /// Changes the value of a stream in place; nil where there is none.
  mutating func with<Result>(_ id: UInt32, _ change: (inout Value) -> Result) -> Result? {
    guard let index = index(of: id), var value = places[index].value.take() else { return nil }
    let result = change(&value)
    places[index].value = value
    return result
  }

  public mutating func insert(_ value: Value, for id: UInt32) {
    if count * 2 >= places.count { grow() }
    place(value, id)
    count += 1
  }

  private mutating func place(_ value: Value, _ id: UInt32) {
    var index = home(id)
    while places[index].id != 0 { index = (index + 1) & mask }
    places[index] = Place(id: id, value: value)
  }

  private mutating func grow() {
    let old = places
    places = Array(repeating: Place(), count: max(old.count * 2, Self.initialSize))
    for place in old {
      if let value = place.value { self.place(value, place.id) }
    }
  }

  /// Those behind a removed one move up, so that none is cut off from its home.
  @discardableResult
  public mutating func remove(_ id: UInt32) -> Value? {
    guard var hole = index(of: id) else { return nil }
    let value = places[hole].value
    var next = (hole + 1) & mask
    while places[next].id != 0 {
      let distance = (next - home(places[next].id)) & mask
      if distance >= (next - hole) & mask {
        places[hole] = places[next]
        hole = next
      }
      next = (next + 1) & mask
    }
    places[hole] = Place()
    count -= 1
    return value
  }

  /// Their numbers, in no order.
  public var ids: [UInt32] { places.compactMap { $0.id == 0 ? nil : $0.id } }

  mutating func changeAll(_ change: (inout Value) -> Void) {
    for index in places.indices where places[index].id != 0 {
      guard var value = places[index].value.take() else { continue }
      change(&value)
      places[index].value = value
    }
  }
}

extension HTTP2StreamTable: Sendable where Value: Sendable {}

extension HTTP2StreamTable.Place: Sendable where Value: Sendable {}
