/// The addresses that a request's Forwarded (RFC 7239) and X-Forwarded-For fields name, the nearest hop last.
///
/// What is not an address (`unknown`, `_hidden`, garbage) and what is beyond the bound is noted, because whoever asks
/// "are all of them trusted" must then hear no.
public struct ForwardedAddresses: Hashable, Sendable {
  /// Addresses kept of one request.
  public static let countMax = 64

  public private(set) var addresses: [EndpointAddress] = []
  /// A hop whose address is not known was named.
  public private(set) var hasUnknown = false
  /// There were more than `countMax`.
  public private(set) var isTruncated = false
  /// How many addresses stood in front of the last hop that is not known: who that is may have named any of them.
  public private(set) var countBeforeUnknown = 0

  public init() {}

  /// Whether every hop is known and lies in the set; true where none is named.
  public func areAll(in set: AddressSet) -> Bool {
    !hasUnknown && !isTruncated && addresses.allSatisfy(set.contains)
  }

  /// Adds the value of one X-Forwarded-For field line.
  public mutating func addForwardedFor(_ value: RawSpan) {
    var offset = 0
    while offset <= value.byteCount, !isTruncated {
      let end = value.firstOffset(of: 0x2C, from: offset) ?? value.byteCount
      add(value.extracting(offset..<end))
      offset = end + 1
    }
  }

  /// Adds the value of one Forwarded field line: the `for` of each element. An element without one is an unknown hop.
  public mutating func addForwarded(_ value: RawSpan) {
    var offset = 0
    while offset <= value.byteCount, !isTruncated {
      let end = Self.end(of: 0x2C, in: value, from: offset)
      addElement(value.extracting(offset..<end))
      offset = end + 1
    }
  }

  private mutating func addElement(_ element: RawSpan) {
    guard !element.trimmed.isEmpty else { return }
    var found = false
    var offset = 0
    while offset <= element.byteCount {
      let end = Self.end(of: 0x3B, in: element, from: offset)
      let pair = element.extracting(offset..<end)
      let trimmed = pair.extracting(pair.trimmed)
      if Self.isFor(trimmed) {
        // A second `for` in one element is not allowed, and which one to believe is not known.
        if found { noteUnknown() }
        found = true
        addNode(trimmed.extracting(4..<trimmed.byteCount))
      }
      offset = end + 1
    }
    if !found { noteUnknown() }
  }

  private mutating func addNode(_ node: RawSpan) {
    let count = node.byteCount
    guard count >= 2, node.octet(0) == 0x22, node.octet(count - 1) == 0x22 else { return add(node) }
    // An address has no character that would have to be escaped, so a quoted pair makes it no address.
    add(node.extracting(1..<(count - 1)))
  }

  private mutating func add(_ text: RawSpan) {
    let trimmed = text.extracting(text.trimmed)
    // Empty list elements are ignored (RFC 9110 section 5.6.1).
    guard trimmed.byteCount > 0 else { return }
    guard addresses.count < Self.countMax else {
      isTruncated = true
      return
    }
    guard let address = EndpointAddress(trimmed) else { return noteUnknown() }
    addresses.append(address.unmapped)
  }

  private mutating func noteUnknown() {
    hasUnknown = true
    countBeforeUnknown = addresses.count
  }

  private static func isFor(_ pair: RawSpan) -> Bool {
    pair.byteCount > 4 && pair.octet(0).lowercased == 0x66 && pair.octet(1).lowercased == 0x6F
      && pair.octet(2).lowercased == 0x72 && pair.octet(3) == 0x3D
  }

  /// The offset of a delimiter outside quotes, or the end.
  private static func end(of delimiter: UInt8, in text: RawSpan, from start: Int) -> Int {
    var isQuoted = false
    var offset = start
    while offset < text.byteCount {
      switch text.octet(offset) {
      case 0x22: isQuoted.toggle()
      case 0x5C where isQuoted: offset += 1
      case delimiter where !isQuoted: return offset
      default: break
      }
      offset += 1
    }
    return text.byteCount
  }
}
