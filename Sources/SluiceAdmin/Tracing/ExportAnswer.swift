internal import SluiceIncidents

/// An `ExportTraceServiceResponse`, as far as anything follows from it.
struct ExportAnswer: Equatable, Sendable {
  /// Spans that the collector did not take; another try would change nothing.
  var rejectedSpans: UInt64 = 0
  /// Why, or a warning.
  var message = ""
  /// The bytes are not the message: whoever answers is no collector.
  var isUnderstood = true

  init(_ body: [UInt8]) {
    var reader = ProtobufReader(body[...])
    while let field = reader.next() {
      guard field.number == 1, case .bytes(let bytes) = field.value else { continue }
      var partial = ProtobufReader(bytes)
      while let part = partial.next() {
        switch (part.number, part.value) {
        // A negative number takes the place of none.
        case (1, .number(let count)): rejectedSpans = count <= UInt64(Int64.max) ? count : 0
        case (2, .bytes(let bytes)): message = Self.shown(bytes)
        default: break
        }
      }
      if partial.isBroken { isUnderstood = false }
    }
    if reader.isBroken { isUnderstood = false }
    guard !isUnderstood else { return }
    (rejectedSpans, message) = (0, "")
  }

  /// For a log that people read: one line of printable characters.
  private static func shown(_ bytes: ArraySlice<UInt8>) -> String {
    let text = String(decoding: bytes.prefix(4 * SpanLimits.messageMax), as: UTF8.self)
    let plain = text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
        || scalar.properties.generalCategory == .lineSeparator ? " " : Character(scalar)
    }
    return String(plain.prefix(SpanLimits.messageMax))
  }
}
