/// Replaces each byte of a secret field's value by `*`, in raw bytes that may hold a head: parsed or not, cut or
/// malformed. Names and line ends stay, so that the evidence still shows what was there.
///
/// A line counts as a field when a secret's name stands before its first colon, whatever odd bytes surround the name;
/// the folded lines behind it (RFC 9112 section 5.2) belong to its value. In a first line that looks like a request
/// line the values of the query are blanked too.
public func blankSecrets(in bytes: inout [UInt8], fields: SecretFields) {
  var lineStart = 0
  var isInSecret = false
  var isFirst = true
  while lineStart < bytes.count {
    var lineEnd = lineStart
    while lineEnd < bytes.count, bytes[lineEnd] != 0x0A, bytes[lineEnd] != 0x0D { lineEnd += 1 }
    if lineEnd > lineStart {
      let isFolded = bytes[lineStart] == 0x20 || bytes[lineStart] == 0x09
      if isFolded, isInSecret {
        blank(&bytes, lineStart..<lineEnd)
      } else if let value = secretValue(in: bytes, lineStart..<lineEnd, fields) {
        isInSecret = true
        blank(&bytes, value)
      } else {
        isInSecret = false
        if isFirst { blankQueryValues(in: &bytes, lineStart..<lineEnd) }
      }
      isFirst = false
    }
    lineStart = lineEnd + 1
  }
}

/// The part behind the colon, where the line is a secret field.
private func secretValue(in bytes: [UInt8], _ line: Range<Int>, _ fields: SecretFields) -> Range<Int>? {
  guard let colon = bytes[line].firstIndex(of: 0x3A) else { return nil }
  var lower = line.lowerBound
  var upper = colon
  while lower < upper, !isNameByte(bytes[lower]) { lower += 1 }
  while upper > lower, !isNameByte(bytes[upper - 1]) { upper -= 1 }
  guard fields.contains(Array(bytes[lower..<upper])) else { return nil }
  return colon + 1..<line.upperBound
}

private func isNameByte(_ byte: UInt8) -> Bool {
  switch byte {
  case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
  default: false
  }
}

private func blank(_ bytes: inout [UInt8], _ range: Range<Int>) {
  for index in range where bytes[index] != 0x20 && bytes[index] != 0x09 { bytes[index] = 0x2A }
}

/// What stands between `=` and `&` in the target of `METHOD TARGET VERSION`; a status line has no `?` before its second
/// space.
private func blankQueryValues(in bytes: inout [UInt8], _ line: Range<Int>) {
  guard let space = bytes[line].firstIndex(of: 0x20) else { return }
  let target = bytes[(space + 1)..<line.upperBound].prefix { $0 != 0x20 }
  guard let mark = target.firstIndex(of: 0x3F) else { return }
  var isValue = false
  for index in mark..<target.endIndex {
    switch bytes[index] {
    case 0x26: isValue = false
    case 0x3D where !isValue: isValue = true
    default: if isValue { bytes[index] = 0x2A }
    }
  }
}
