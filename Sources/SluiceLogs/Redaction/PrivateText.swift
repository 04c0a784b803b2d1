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
    return authority(bytes, position) ?? address(bytes, position) ?? host(bytes, position) ?? user(bytes, position)
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
      if part >= 2, let end = clippedEnd(bytes, position) { return end }
      guard part < 3 else { break }
      guard position < bytes.count, bytes[position] == 0x2E else { return nil }
      position += 1
    }
    guard position == bytes.count || !isWord(bytes[position]) else { return nil }
    let goesOn = position + 1 < bytes.count && bytes[position] == 0x2E && isDigit(bytes[position + 1])
    return goesOn ? nil : position
  }

  /// Behind the ellipsis with which a name that was too long ends, perhaps after a mark.
  private static func clippedEnd(_ bytes: [UInt8], _ position: Int) -> Int? {
    let start = position < bytes.count && bytes[position] == 0x2E ? position + 1 : position
    return bytes[start...].starts(with: "…".utf8) ? start + 3 : nil
  }

  /// Hexadecimal groups with `::` once, or eight of them, or four and more of an address that was cut: what a time of
  /// day is not.
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
    // A colon behind an address is the sentence's: `On 2001:db8::1: …`.
    if position - start > 2, bytes[position - 1] == 0x3A, bytes[position - 2] != 0x3A {
      position -= 1
      colons -= 1
    }
    if !hasGap, (3...6).contains(colons), bytes[position...].starts(with: "…".utf8) { return position + 3 }
    guard hasGap || colons == 7, position == bytes.count || !isWord(bytes[position]) else { return nil }
    // The address that a v4 address is mapped to ends in points.
    let last = bytes[start..<position].lastIndex(of: 0x3A).map { $0 + 1 } ?? position
    return v4End(bytes, last) ?? position
  }

  // MARK: Host and user names

  /// All of `user:word@host:port` behind `://`.
  private static func authority(_ bytes: [UInt8], _ start: Int) -> Found? {
    guard ends(bytes, start, "://") else { return nil }
    let end =
      bytes[start...].firstIndex { $0 <= 0x20 || authorityEnds.contains($0) } ?? bytes.count
    return bytes[start..<end].contains(0x40) ? Found(kind: .host, range: start..<end) : nil
  }

  /// `/ ? # " < > \`
  private static let authorityEnds: [UInt8] = [0x2F, 0x3F, 0x23, 0x22, 0x3C, 0x3E, 0x5C]

  /// Behind `://`, `host: "` and `"host":"`.
  private static func host(_ bytes: [UInt8], _ start: Int) -> Found? {
    let isBehindScheme = ends(bytes, start, "://")
    let isNamed = hostMarks.contains { ends(bytes, start, $0) }
    guard isBehindScheme || isNamed, isOfName(bytes[start]) else { return nil }
    let end = nameEnd(bytes, start)
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
    guard follows != 0x2F || before != 0x3A, before != 0x2F || isBehindAuthority(bytes, start) else { return nil }
    guard !isWord(before) || isBehindAuthority(bytes, start) || isBehindHost(bytes, start) else { return nil }
    var end = PathEnd(bytes, start).end
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

  /// Whether the word before it is a host's name without a scheme, and a query follows: `shop.example/cart?token=a`.
  private static func isBehindHost(_ bytes: [UInt8], _ end: Int) -> Bool {
    var start = end
    while start > 0, end - start < 256,
      isOfName(bytes[start - 1]) || bytes[start - 1] == 0x2E || bytes[start - 1] == 0x2D
    {
      start -= 1
    }
    guard bytes[start..<end].contains(0x2E), bytes[start..<end].contains(where: { !isDigit($0) && $0 != 0x2E }) else {
      return false
    }
    return bytes[end...].prefix { $0 > 0x20 && $0 != 0x22 }.contains(0x3F)
  }

  // MARK: Names that are known

  /// Where a name of a host ends that begins at `start`.
  static func nameEnd(_ bytes: [UInt8], _ start: Int) -> Int {
    bytes[start...].firstIndex { !isOfName($0) && $0 != 0x2E && $0 != 0x2D && $0 != 0x40 } ?? bytes.count
  }

  /// Whether a name of a host may begin at `position`, and is not within another word.
  static func isNameStart(_ bytes: [UInt8], _ position: Int) -> Bool {
    guard isOfName(bytes[position]) else { return false }
    guard position > 0 else { return true }
    let before = bytes[position - 1]
    return !isOfName(before) && before != 0x2E && before != 0x2D
  }

  /// Letters of all scripts, digits and `_`.
  private static func isOfName(_ byte: UInt8) -> Bool { isWord(byte) || byte >= 0x80 }

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
