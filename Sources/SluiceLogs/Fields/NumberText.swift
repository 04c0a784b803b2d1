/// Numbers as logs write them.
enum NumberText {
  /// Digits, perhaps behind a sign; nil for anything else, and for what is too large.
  static func whole(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var position = 0
    let isNegative = bytes.first == 0x2D
    if isNegative || bytes.first == 0x2B { position = 1 }
    guard position < bytes.count else { return nil }
    var value = 0
    while position < bytes.count {
      let digit = bytes[position] &- 0x30
      guard digit <= 9 else { return nil }
      let (tens, isTooLarge) = value.multipliedReportingOverflow(by: 10)
      let (sum, isAbove) = tens.subtractingReportingOverflow(Int(digit))
      if isTooLarge || isAbove { return nil }
      value = sum
      position += 1
    }
    // Summed up below zero: the least number has no counterpart above it.
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  /// What `Double` reads from a text.
  static func decimal(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    plain(bytes) ?? Double(String(decoding: bytes, as: UTF8.self))
  }

  /// Digits with a point or without: up to 15 of them the quotient of two exact numbers is the nearest one.
  private static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> Double? {
    guard !bytes.isEmpty, bytes.count <= 16 else { return nil }
    var digits = 0
    var value: Int64 = 0
    var divisor = 1.0
    var hasPoint = false
    for byte in bytes {
      if byte == 0x2E, !hasPoint, digits > 0 {
        hasPoint = true
        continue
      }
      let digit = byte &- 0x30
      guard digit <= 9, digits < 15 else { return nil }
      value = value * 10 + Int64(digit)
      digits += 1
      if hasPoint { divisor *= 10 }
    }
    // A point that ends the text is left to `Double`, too.
    guard digits > 0, bytes[bytes.count - 1] != 0x2E else { return nil }
    return Double(value) / divisor
  }
}
