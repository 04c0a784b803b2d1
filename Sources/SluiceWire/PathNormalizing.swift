/// Brings a path into the one form that routing and the upstream see.
///
/// Dot segments are removed (RFC 3986 5.2.4), encoded unreserved characters decoded and the hexadecimal digits of the
/// others written in upper case (6.2.2), so that one resource has one path. What two servers may read differently is
/// refused: an encoded NUL or slash, a backslash in either form, a climb above the root. `allowingAmbiguous` lets the
/// encoded slash and the backslashes pass as they are; dot segments that they would make are not looked for then.
///
/// `output` is cleared and filled only where the answer is `.normalized`. An empty path is `.asIs`.
public func normalizePath(
  _ bytes: RawSpan, _ path: ByteRange, allowingAmbiguous: Bool, into output: inout [UInt8]
) -> PathCheck {
  let start = Int(path.lowerBound)
  let end = Int(path.upperBound)
  if isNormalPath(bytes, start, end) { return .asIs }
  output.removeAll(keepingCapacity: true)
  var hasChanged = false
  var position = start
  while position < end {
    var byte = bytes.byte(at: position)
    position += 1
    switch byte {
    case 0x25:
      guard position + 1 < end, let high = ASCII.hexValue(bytes.byte(at: position)),
        let low = ASCII.hexValue(bytes.byte(at: position + 1))
      else {
        return .refused(.pathEscape)
      }
      let decoded = high << 4 | low
      if let rule = encodedFault(decoded, allowingAmbiguous) { return .refused(rule) }
      if ASCII.isUnreserved(decoded) {
        byte = decoded
        hasChanged = true
        position += 2
      } else {
        output.append(0x25)
        for _ in 0..<2 {
          let digit = bytes.byte(at: position)
          let upper = digit >= 0x61 ? digit & ~0x20 : digit
          hasChanged = hasChanged || upper != digit
          output.append(upper)
          position += 1
        }
        continue
      }
    case 0x5c:
      guard allowingAmbiguous else { return .refused(.pathBackslash) }
    case 0...0x20, 0x7f...: return .refused(.pathCharacter)
    default: break
    }
    output.append(byte)
  }
  switch removeDotSegments(&output) {
  case .none: return .refused(.pathAboveRoot)
  case .some(let wasRemoved): return hasChanged || wasRemoved ? .normalized : .asIs
  }
}

/// There is nothing to decode, remove or refuse: no percent sign, backslash, control, blank or non-ASCII character, and
/// no dot behind a slash.
private func isNormalPath(_ bytes: RawSpan, _ start: Int, _ end: Int) -> Bool {
  var position = start
  while position < end {
    let word = bytes.word(at: position)
    var hits = Bytes.below(word, 0x21) | word & Bytes.each(0x80)
    hits |= Bytes.zeros(word ^ Bytes.each(0x25)) | Bytes.zeros(word ^ Bytes.each(0x5c))
    hits |= Bytes.zeros(word ^ Bytes.each(0x2e)) | Bytes.zeros(word ^ Bytes.each(0x7f))
    guard hits != 0 else {
      position += 8
      continue
    }
    position += Bytes.index(hits)
    guard position < end else { return true }
    guard bytes.byte(at: position) == 0x2e, position == start || bytes.byte(at: position - 1) != 0x2f else {
      return false
    }
    position += 1
  }
  return true
}

/// Why an encoded byte makes a path ambiguous.
private func encodedFault(_ byte: UInt8, _ allowingAmbiguous: Bool) -> WireRule? {
  switch byte {
  case 0: .pathNul
  case 0x2f: allowingAmbiguous ? nil : .pathEncodedSlash
  case 0x5c: allowingAmbiguous ? nil : .pathBackslash
  default: nil
  }
}

/// Removes `.` and `..` segments in place. Nil where they climb above the root, else whether anything was removed.
private func removeDotSegments(_ path: inout [UInt8]) -> Bool? {
  var write = 0
  var read = 0
  let count = path.count
  var hasRemoved = false
  while read < count {
    // At the start of a segment with its slash.
    var segmentEnd = read + 1
    while segmentEnd < count, path[segmentEnd] != 0x2f { segmentEnd += 1 }
    let isSlashed = path[read] == 0x2f
    let nameStart = isSlashed ? read + 1 : read
    let length = segmentEnd - nameStart
    let isDot = length == 1 && path[nameStart] == 0x2e
    let isDouble = length == 2 && path[nameStart] == 0x2e && path[nameStart + 1] == 0x2e
    if isDot || isDouble {
      hasRemoved = true
      if isDouble {
        guard write > 0 else { return nil }
        repeat { write -= 1 } while write > 0 && path[write] != 0x2f
      }
      if segmentEnd == count, isSlashed {
        path[write] = 0x2f
        write += 1
      }
    } else {
      for index in read..<segmentEnd {
        path[write] = path[index]
        write += 1
      }
    }
    read = segmentEnd
  }
  path.removeLast(count - write)
  return hasRemoved
}
