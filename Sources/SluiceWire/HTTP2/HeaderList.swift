/// The fields of an HTTP/2 message as they were decoded: lines of one block, in the form that an HTTP/1.1 head has, so
/// that everything behind it works with both.
///
/// # Overview
/// Each field is judged as it comes (RFC 9113 section 8.2 and 8.3); the first rule that one breaks is kept, and nothing
/// more is stored then. What goes beyond the limits is counted and not stored: the block must be decoded to its end all
/// the same.
///
/// # Not handled here
/// Which pseudo-header fields a message must have (`RequestHead` and `ResponseHead` know), and what the values of known
/// fields mean.
public struct HeaderList: Sendable {
  /// Where the list stands.
  public enum Place: UInt8, Sendable {
    case request, response, trailers
  }

  public struct Limits: Sendable, Equatable {
    /// Bytes of all names and values, and 32 for each field (RFC 9113 section 10.5.1).
    public var size = 64 << 10
    /// Fields, pseudo-header fields included.
    public var fields = 132

    public init(size: Int = 64 << 10, fields: Int = 132) {
      self.size = size
      self.fields = fields
    }
  }

  public let place: Place
  public let limits: Limits
  /// `name: value` with a line end for each field; of pseudo-header fields the value alone.
  public private(set) var bytes: [UInt8] = []
  public private(set) var fields: [Field] = []
  public private(set) var seen: KnownFieldSet = []
  public private(set) var pseudo = PseudoFields()
  /// The first rule that a field breaks; offsets are into `bytes`.
  public private(set) var fault: WireFault?
  /// As counted by RFC 9113; goes on counting beyond the limit.
  public private(set) var size = 0
  private var count = 0

  public init(_ place: Place, limits: Limits = Limits()) {
    self.place = place
    self.limits = limits
  }

  public var isTooLarge: Bool { size > limits.size || count > limits.fields }
  /// Nothing that comes is stored any longer.
  var isFull: Bool { fault != nil || isTooLarge }

  /// Counts a field that is not looked at.
  mutating func skip(_ byteCount: Int) {
    size += byteCount + HPACKDynamicTable.overhead
    count += 1
  }

  /// Takes a field: its name, and behind it its value.
  mutating func append(_ field: [UInt8], nameCount: Int) {
    skip(field.count)
    guard !isFull else { return }
    let source = field.span.bytes
    let name = ByteRange(0, nameCount)
    let value = ByteRange(nameCount, field.count)
    if let rule = Self.ruleOfValue(source, value) { return refuse(rule, field, name) }
    if nameCount > 0, source.byte(at: 0) == ASCII.colon {
      appendPseudo(field, name, value)
    } else {
      appendRegular(field, name, value)
    }
  }

  private mutating func appendPseudo(_ field: [UInt8], _ name: ByteRange, _ value: ByteRange) {
    guard place != .trailers, fields.isEmpty else { return refuse(.pseudoFieldMisplaced, field, name) }
    guard let kind = PseudoFields.Kind(field.span.bytes, name: name, in: place) else {
      return refuse(.pseudoFieldUnknown, field, name)
    }
    let start = bytes.count
    bytes.append(contentsOf: field[value.offsets])
    guard pseudo.set(kind, ByteRange(start, bytes.count)) else { return refuse(.pseudoFieldRepeated, field, name) }
  }

  private mutating func appendRegular(_ field: [UInt8], _ name: ByteRange, _ value: ByteRange) {
    let source = field.span.bytes
    if let rule = Self.ruleOfName(source, name) { return refuse(rule, field, name) }
    let known = KnownField(source, name: name)
    switch known {
    case .connection, .keepAlive, .proxyConnection, .transferEncoding, .upgrade:
      return refuse(.connectionField, field, name)
    case .te where !source.matches(value, lowercased: "trailers"):
      return refuse(.connectionField, field, name)
    default: break
    }
    let start = bytes.count
    bytes.append(contentsOf: field[name.offsets])
    bytes.append(ASCII.colon)
    bytes.append(ASCII.space)
    let valueStart = bytes.count
    bytes.append(contentsOf: field[value.offsets])
    let end = bytes.count
    bytes.append(ASCII.carriageReturn)
    bytes.append(ASCII.lineFeed)
    var flags: FieldFlags = []
    if KnownFieldSet.hopByHop.contains(known) { flags.formUnion(.hopByHop) }
    seen.insert(known)
    fields.append(
      Field(
        name: ByteRange(start, start + name.count), value: ByteRange(valueStart, end),
        line: ByteRange(start, end + 2), known: known, flags: flags))
  }

  /// The name is kept for whoever tells the rule.
  private mutating func refuse(_ rule: WireRule, _ field: [UInt8], _ name: ByteRange) {
    let start = bytes.count
    bytes.append(contentsOf: field[name.offsets])
    fault = WireFault(rule: rule, offset: UInt32(clamping: start), field: ByteRange(start, bytes.count))
  }

  /// RFC 9113 section 8.2.1, and what RFC 9110 section 5.5 allows.
  private static func ruleOfValue(_ source: RawSpan, _ value: ByteRange) -> WireRule? {
    guard !value.isEmpty else { return nil }
    let (start, end) = (Int(value.lowerBound), Int(value.upperBound))
    let control = source.firstControl(from: start, to: end)
    if control < end { return FieldSection.controlRule(source, at: control) }
    let isSurrounded = ASCII.isBlank(source.byte(at: start)) || ASCII.isBlank(source.byte(at: end - 1))
    return isSurrounded ? .fieldValueSpace : nil
  }

  private static func ruleOfName(_ source: RawSpan, _ name: ByteRange) -> WireRule? {
    guard !name.isEmpty else { return .fieldNameEmpty }
    for offset in name.offsets {
      let byte = source.byte(at: offset)
      if byte &- 0x41 < 26 { return .fieldNameUppercase }
      guard ASCII.isToken(byte) else { return byte == 0 ? .nul : .fieldNameSyntax }
    }
    return nil
  }
}
