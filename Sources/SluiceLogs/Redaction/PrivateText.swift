/// Where addresses, host names, user names and paths stand in a line.
enum PrivateText {
  struct Found {
    var kind: Redaction.Kind
    var range: Range<Int>
  }

  /// What begins at `position`; nil: nothing.
  static func found(in bytes: [UInt8], at position: Int) -> Found? {
    let before = position > 0 ? bytes[position - 1] : 0x20
    if bytes[position] == 0x2F { return path(bytes, position, before) }
    guard !isWord(before), before != 0x2E else { return nil }
    return address(bytes, position) ?? host(bytes, position) ?? user(bytes, position)
  }

  static func isLoopback(_ text: String) -> Bool {
    text.hasPrefix("127.") || text == "::1" || text == "localhost" || text == "0.0.0.0" || text == "::"
  }

  // MARK: Addresses

  private static func address(_ bytes: [UInt8], _ start: Int) -> Found? {
    guard let end = v4End(bytes, start) ?? v6End(bytes, start) else { return nil }
    guard !isLoopback(String(decoding: bytes[start..<end], as: UTF8.self)) else { return nil }
    return Found(kind: .address, range: start..<end)
  }

  /// Four numbers up to 255 with points between them; what follows must not go on with them.
  private static func v4End(_ bytes: [UInt8], _ start: Int) -> Int? {
    var position = start
    for part in 0..<4 {
      let begin = position
      var value = 0
      while position < bytes.count, isDigit(bytes[position]), position - begin < 3 {
        value = value * 10 + Int(bytes[position] - 0x30)
        position += 1
      }
      guard position > begin, value < 256 else { return nil }
      guard part < 3 else { break }
      guard position < bytes.count, bytes[position] == 0x2E else { return nil }
      position += 1
    }
    guard position == bytes.count || !isWord(bytes[position]) else { return nil }
    let goesOn = position + 1 < bytes.count && bytes[position] == 0x2E && isDigit(bytes[position + 1])
    return goesOn ? nil : position
  }

  /// Hexadecimal groups with `::` once, or eight of them: what a time of day is not.
  private static func v6End(_ bytes: [UInt8], _ start: Int) -> Int? {
    guard isHex(bytes[start]) || bytes[start] == 0x3A else { return nil }
    var position = start
    var colons = 0
    var hasGap = false
    while position < bytes.count, position - start < 46, isHex(bytes[position]) || bytes[position] == 0x3A {
      if bytes[position] == 0x3A {
        colons += 1
        if position > start, bytes[position - 1] == 0x3A { hasGap = true }
      }
      position += 1
    }
    guard hasGap || colons == 7, position == bytes.count || !isWord(bytes[position]) else { return nil }
    // The address that a v4 address is mapped to ends in points.
    let last = bytes[start..<position].lastIndex(of: 0x3A).map { $0 + 1 } ?? position
    return v4End(bytes, last) ?? position
  }

  // MARK: Host and user names

  /// Behind `://`, `host: "` and `"host":"`.
  private static func host(_ bytes: [UInt8], _ start: Int) -> Found? {
    let isBehindScheme = ends(bytes, start, "://")
    let isNamed = hostMarks.contains { ends(bytes, start, $0) }
    guard isBehindScheme || isNamed, isWord(bytes[start]) else { return nil }
    var end = start
    while end < bytes.count, isWord(bytes[end]) || bytes[end] == 0x2E || bytes[end] == 0x2D || bytes[end] == 0x40 {
      end += 1
    }
    let name = String(decoding: bytes[start..<end], as: UTF8.self)
    return isLoopback(name) ? nil : Found(kind: .host, range: start..<end)
  }

  private static let hostMarks: [StaticString] = [
    "host: \"", "server: ", "\"host\":\"", "\"host\": \"", "\"Host\":[\"", "\"http_host\":\"", "\"RequestHost\":\"",
    "\"RequestAddr\":\"", "\"authority\":\"", "vhost ",
  ]

  /// The third word of the common log format, before the time.
  private static func user(_ bytes: [UInt8], _ start: Int) -> Found? {
    guard start > 3, bytes[start - 1] == 0x20, bytes[start - 2] == 0x2D, bytes[start - 3] == 0x20, bytes[start] != 0x2D,
      bytes[start] != 0x5B
    else { return nil }
    let end = bytes[start...].firstIndex(of: 0x20) ?? bytes.count
    guard end + 1 < bytes.count, bytes[end + 1] == 0x5B, end - start < 256 else { return nil }
    return Found(kind: .user, range: start..<end)
  }

  // MARK: Paths

  /// A `/` at the beginning of a word, or behind the authority of a URL; not within a date or a list of numbers.
  private static func path(_ bytes: [UInt8], _ start: Int, _ before: UInt8) -> Found? {
    let follows = start + 1 < bytes.count ? bytes[start + 1] : 0x20
    // `://` is no path, and neither is what a product puts between numbers.
    guard follows != 0x2F, before != 0x2F || isBehindAuthority(bytes, start) else { return nil }
    guard !isWord(before) || isBehindAuthority(bytes, start) else { return nil }
    var end = start
    while end < bytes.count, bytes[end] > 0x20, bytes[end] != 0x22, bytes[end] != 0x27, bytes[end] != 0x5D,
      bytes[end] != 0x29, bytes[end] != 0x5C
    { end += 1 }
    while end > start + 1, bytes[end - 1] == 0x2C || bytes[end - 1] == 0x3B || bytes[end - 1] == 0x3A { end -= 1 }
    return Found(kind: .path, range: start..<end)
  }

  /// Whether the word before it begins with a scheme: `http://10.0.0.5:3000`.
  private static func isBehindAuthority(_ bytes: [UInt8], _ end: Int) -> Bool {
    var start = end
    while start > 0, end - start < 256, bytes[start - 1] != 0x2F, bytes[start - 1] > 0x20, bytes[start - 1] != 0x22 {
      start -= 1
    }
    return start < end && ends(bytes, start, "://")
  }

  // MARK: Bytes

  private static func ends(_ bytes: [UInt8], _ end: Int, _ mark: StaticString) -> Bool {
    let count = mark.utf8CodeUnitCount
    guard end >= count else { return false }
    return mark.withUTF8Buffer { bytes[(end - count)..<end].elementsEqual($0) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  private static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66) }

  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == 0x5F || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }
}
