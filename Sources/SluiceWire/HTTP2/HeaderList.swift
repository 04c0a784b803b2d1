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

  public private(set) var place: Place
  public let limits: Limits
  /// `name: value` with a line end for each field, pseudo-header fields among them.
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

  /// As new, for a list that stands there; the storage is kept.
  public mutating func forget(as place: Place) {
    self.place = place
    forget()
  }

  /// As new; the storage is kept.
  public mutating func forget() {
    bytes.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    seen = []
    pseudo = PseudoFields()
    fault = nil
    size = 0
    count = 0
  }

  public var isTooLarge: Bool { size > limits.size || count > limits.fields }
  /// Nothing that comes is stored any longer.
  var isFull: Bool { fault != nil || isTooLarge }

  /// Counts a field that is not looked at.
  mutating func skip(_ field: DecodedField) {
    size += field.size
    count += 1
  }

  /// Takes a field whose line begins `source` at `start`.
  mutating func append(_ field: DecodedField, line source: [UInt8], at start: Int = 0) {
    skip(field)
    guard !isFull else { return }
    if let rule = field.rule { return refuse(rule, field, source, start) }
    let place = bytes.count
    bytes.append(contentsOf: source[start..<(start + field.lineCount)])
    let value = ByteRange(place + field.valueStart, place + field.valueStart + field.valueCount)
    if let pseudo = field.pseudo {
      guard self.place != .trailers, fields.isEmpty else { return refuse(.pseudoFieldMisplaced, field, source, start) }
      guard pseudo.isAllowed(in: self.place) else { return refuse(.pseudoFieldUnknown, field, source, start) }
      if !self.pseudo.set(pseudo, value) { refuse(.pseudoFieldRepeated, field, source, start) }
      return
    }
    seen.insert(field.known)
    fields.append(
      Field(
        name: ByteRange(place, place + field.nameCount), value: value,
        line: ByteRange(place, place + field.lineCount), known: field.known,
        flags: KnownFieldSet.hopByHop.contains(field.known) ? .hopByHop : []))
  }

  /// The name is kept for whoever tells the rule.
  private mutating func refuse(_ rule: WireRule, _ field: DecodedField, _ source: [UInt8], _ start: Int) {
    let place = bytes.count
    bytes.append(contentsOf: source[start..<(start + field.nameCount)])
    fault = WireFault(rule: rule, offset: UInt32(clamping: place), field: ByteRange(place, bytes.count))
  }
}
