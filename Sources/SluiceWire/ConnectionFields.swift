/// What `Connection` says (RFC 9110 7.6.1), and which field lines it makes hop-by-hop.
struct ConnectionFields {
  /// Fields that `Connection` may name beside the well-known ones. Each one is compared with every field line, so the
  /// work needs a bound.
  static let nominationsMax = 32

  private(set) var hasClose = false
  private(set) var hasKeepAlive = false
  private(set) var hasUpgrade = false
  private(set) var nominations = 0
  private let role: MessageRole

  init(role: MessageRole) {
    self.role = role
  }

  mutating func read(_ bytes: RawSpan, _ fields: inout [Field]) throws(WireFault) {
    // By index: to hold the array in a loop and change it inside would copy it.
    for index in fields.indices where fields[index].known == .connection {
      // The two values of nearly every message are told without taking them for a list.
      let value = fields[index].value
      if KnownField(bytes, name: value) == .keepAlive {
        hasKeepAlive = true
        continue
      }
      if bytes.matches(value, lowercased: "close") {
        hasClose = true
        continue
      }
      var options = ListElements(value)
      while let option = options.next(bytes) {
        try read(bytes, option, fields[index])
      }
    }
    if nominations > 0 { markNominated(bytes, &fields) }
  }

  private mutating func read(_ bytes: RawSpan, _ option: ByteRange, _ field: Field) throws(WireFault) {
    func fault(_ rule: WireRule) -> WireFault {
      WireFault(rule, at: Int(option.lowerBound), field: field.name)
    }
    if option.isEmpty { return }
    switch KnownField(bytes, name: option) {
    case .keepAlive: hasKeepAlive = true
    case .upgrade: hasUpgrade = true
    case .te, .connection, .proxyConnection, .transferEncoding, .http2Settings: break
    case .host, .contentLength:
      // A reader that removes them sees another message than one that does not.
      guard role == .response else { throw fault(.connectionNamesEssential) }
    case .unknown where bytes.matches(option, lowercased: "close"): hasClose = true
    default:
      for offset in option.offsets where !ASCII.isToken(bytes.byte(at: offset)) {
        guard role == .response else { throw fault(.connectionOption) }
        // Nobody can say what was meant; not to use the connection again is always right.
        hasClose = true
        return
      }
      nominations += 1
      guard nominations <= ConnectionFields.nominationsMax else { throw fault(.connectionOptionsExcess) }
    }
  }

  private func markNominated(_ bytes: RawSpan, _ fields: inout [Field]) {
    for connection in fields.indices where fields[connection].known == .connection {
      var options = ListElements(fields[connection].value)
      while let option = options.next(bytes) {
        let known = KnownField(bytes, name: option)
        if option.isEmpty || known == .host || known == .contentLength { continue }
        for index in fields.indices where fields[index].known == known {
          if known == .unknown, !isSame(bytes, fields[index].name, option) { continue }
          fields[index].flags.formUnion(.hopByHop)
        }
      }
    }
  }

  private func isSame(_ bytes: RawSpan, _ left: ByteRange, _ right: ByteRange) -> Bool {
    guard left.count == right.count else { return false }
    for (one, other) in zip(left.offsets, right.offsets) {
      guard ASCII.lowercased(bytes.byte(at: one)) == ASCII.lowercased(bytes.byte(at: other)) else { return false }
    }
    return true
  }
}
