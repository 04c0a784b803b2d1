internal import SluiceWire

/// One route as it is compared: its conditions as bytes.
struct RouteCandidate: Sendable {
  /// Index into the table's routes.
  let index: Int
  let methods: [[UInt8]]
  private let fields: [FieldCondition]
  private let parameters: [ParameterCondition]

  private struct FieldCondition: Sendable {
    /// Lower case.
    var name: [UInt8]
    var value: [UInt8]?
  }

  private struct ParameterCondition: Sendable {
    var name: [UInt8]
    var value: [UInt8]?
  }

  init(_ route: Route, index: Int) {
    self.index = index
    methods = route.methods.map { Array($0.utf8) }
    fields = route.headers.map {
      FieldCondition(name: $0.name.utf8.map(\.lowercased), value: $0.value.map { Array($0.utf8) })
    }
    parameters = route.query.map {
      ParameterCondition(name: Array($0.name.utf8), value: $0.value.map { Array($0.utf8) })
    }
  }

  var conditionCount: Int { (methods.isEmpty ? 0 : 1) + fields.count + parameters.count }

  func allows(method: RawSpan) -> Bool {
    methods.isEmpty || methods.contains { method.isEqual(to: $0) }
  }

  func hasFields(_ found: [Field], in source: RawSpan) -> Bool {
    fields.allSatisfy { condition in
      for field in found where Self.isName(condition.name, field.name, source) {
        guard let value = condition.value else { return true }
        if source.extracting(field.value.offsets).isEqual(to: value) { return true }
      }
      return false
    }
  }

  func hasParameters(_ query: RawSpan) -> Bool {
    parameters.allSatisfy { Self.has($0, query) }
  }

  private static func isName(_ name: [UInt8], _ range: ByteRange, _ source: RawSpan) -> Bool {
    guard range.count == name.count else { return false }
    let found = source.extracting(range.offsets)
    for offset in name.indices where found.octet(offset).lowercased != name[offset] { return false }
    return true
  }

  private static func has(_ condition: ParameterCondition, _ query: RawSpan) -> Bool {
    var start = 0
    while start < query.byteCount {
      let end = query.firstOffset(of: 0x26, from: start) ?? query.byteCount
      let parameter = query.extracting(start..<end)
      let equals = parameter.firstOffset(of: 0x3D, from: 0) ?? parameter.byteCount
      if isDecoded(parameter.extracting(0..<equals), equalTo: condition.name) {
        guard let value = condition.value else { return true }
        let valueStart = min(equals + 1, parameter.byteCount)
        if isDecoded(parameter.extracting(valueStart..<parameter.byteCount), equalTo: value) { return true }
      }
      start = end + 1
    }
    return false
  }

  /// Compares as a form is read: `%41` is A and `+` is a space; what is not an escape stands for itself.
  private static func isDecoded(_ text: RawSpan, equalTo expected: [UInt8]) -> Bool {
    var offset = 0
    var index = 0
    while offset < text.byteCount {
      guard index < expected.count else { return false }
      var byte = text.octet(offset)
      offset += 1
      if byte == 0x2B {
        byte = 0x20
      } else if byte == 0x25, offset + 1 < text.byteCount, let high = text.octet(offset).hexValue,
        let low = text.octet(offset + 1).hexValue
      {
        byte = high << 4 | low
        offset += 2
      }
      guard byte == expected[index] else { return false }
      index += 1
    }
    return index == expected.count
  }
}
