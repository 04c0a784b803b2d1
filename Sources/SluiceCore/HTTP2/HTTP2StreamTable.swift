/// The streams of a connection by their numbers.
///
/// Numbers of one side rise by two, so that half of the number, cut to the table's size, is nearly always a place of
/// its own: a look costs one comparison. What collides goes to the next place.
///
/// Inlinable, because a generic type that another module uses is otherwise looked up at run time with each call.
@frozen
public struct HTTP2StreamTable<Value> {
  /// 0: free.
  @usableFromInline var keys: [UInt32] = []
  @usableFromInline var values: [Value?] = []
  @usableFromInline var used = 0

  @usableFromInline static var initialSize: Int { 8 }

  @inlinable
  public init() {}

  @inlinable
  public var count: Int { used }

  @inlinable
  var mask: Int { keys.count &- 1 }

  @inlinable
  func home(_ id: UInt32) -> Int { Int(id >> 1) & mask }

  @inlinable
  func index(of id: UInt32) -> Int? {
    guard used > 0 else { return nil }
    var index = home(id)
    while keys[index] != id {
      guard keys[index] != 0 else { return nil }
      index = (index &+ 1) & mask
    }
    return index
  }

  @inlinable
  public subscript(id: UInt32) -> Value? {
    guard let index = index(of: id) else { return nil }
    return values[index]
  }

  /// Changes the value of a stream in place; nil where there is none.
  @inlinable
  public mutating func with<Result>(_ id: UInt32, _ change: (inout Value) -> Result) -> Result? {
    guard let index = index(of: id), var value = values[index].take() else { return nil }
    let result = change(&value)
    values[index] = value
    return result
  }

  @inlinable
  public mutating func insert(_ value: Value, for id: UInt32) {
    if used &* 2 >= keys.count { grow() }
    place(value, id)
    used &+= 1
  }

  @inlinable
  mutating func place(_ value: Value, _ id: UInt32) {
    var index = home(id)
    while keys[index] != 0 { index = (index &+ 1) & mask }
    keys[index] = id
    values[index] = value
  }

  @inlinable
  mutating func grow() {
    let (oldKeys, oldValues) = (keys, values)
    let size = max(oldKeys.count * 2, Self.initialSize)
    keys = Array(repeating: 0, count: size)
    values = Array(repeating: nil, count: size)
    for index in oldKeys.indices {
      if let value = oldValues[index] { place(value, oldKeys[index]) }
    }
  }

  /// Those behind a removed one move up, so that none is cut off from its home.
  @inlinable
  @discardableResult
  public mutating func remove(_ id: UInt32) -> Value? {
    guard var hole = index(of: id) else { return nil }
    let value = values[hole].take()
    var next = (hole &+ 1) & mask
    while keys[next] != 0 {
      let distance = (next &- home(keys[next])) & mask
      if distance >= (next &- hole) & mask {
        keys[hole] = keys[next]
        values[hole] = values[next].take()
        hole = next
      }
      next = (next &+ 1) & mask
    }
    keys[hole] = 0
    values[hole] = nil
    used &-= 1
    return value
  }

  /// Their numbers, in no order.
  @inlinable
  public var ids: [UInt32] { keys.filter { $0 != 0 } }

  @inlinable
  mutating func changeAll(_ change: (inout Value) -> Void) {
    for index in values.indices {
      guard var value = values[index].take() else { continue }
      change(&value)
      values[index] = value
    }
  }
}

extension HTTP2StreamTable: Sendable where Value: Sendable {}
