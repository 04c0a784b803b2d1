/// Lines that tell of one request each: what stands in them was written by the client.
enum AccessLine {
  /// `… "GET /path HTTP/1.1" 200 …`.
  static func isOne(_ body: ArraySlice<UInt8>) -> Bool {
    guard let version = position(of: " HTTP/", in: body, from: body.startIndex) else { return false }
    var cursor = LogCursor(body, at: version + 6)
    while cursor.take("0123456789.") != nil {}
    guard cursor.take("\"") != nil, cursor.take(" ") != nil else { return false }
    return cursor.number(digits: 3...3) != nil
  }

  private static func position(of text: StaticString, in body: ArraySlice<UInt8>, from start: Int) -> Int? {
    text.withUTF8Buffer { wanted in
      guard body.endIndex - start >= wanted.count else { return nil }
      return (start...(body.endIndex - wanted.count)).first { body[$0...].starts(with: wanted) }
    }
  }
}
