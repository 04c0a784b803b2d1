/// The fields that every HTTP/2 connection knows (RFC 7541 appendix A).
enum HPACKStaticTable {
  static let count = 61

  /// Names and values by index, from 1 on; the entry at 0 is empty.
  static let entries: [(name: StaticString, value: StaticString)] = [
    ("", ""),
    (":authority", ""), (":method", "GET"), (":method", "POST"), (":path", "/"), (":path", "/index.html"),
    (":scheme", "http"), (":scheme", "https"), (":status", "200"), (":status", "204"), (":status", "206"),
    (":status", "304"), (":status", "400"), (":status", "404"), (":status", "500"), ("accept-charset", ""),
    ("accept-encoding", "gzip, deflate"), ("accept-language", ""), ("accept-ranges", ""), ("accept", ""),
    ("access-control-allow-origin", ""), ("age", ""), ("allow", ""), ("authorization", ""), ("cache-control", ""),
    ("content-disposition", ""), ("content-encoding", ""), ("content-language", ""), ("content-length", ""),
    ("content-location", ""), ("content-range", ""), ("content-type", ""), ("cookie", ""), ("date", ""), ("etag", ""),
    ("expect", ""), ("expires", ""), ("from", ""), ("host", ""), ("if-match", ""), ("if-modified-since", ""),
    ("if-none-match", ""), ("if-range", ""), ("if-unmodified-since", ""), ("last-modified", ""), ("link", ""),
    ("location", ""), ("max-forwards", ""), ("proxy-authenticate", ""), ("proxy-authorization", ""), ("range", ""),
    ("referer", ""), ("refresh", ""), ("retry-after", ""), ("server", ""), ("set-cookie", ""),
    ("strict-transport-security", ""), ("transfer-encoding", ""), ("user-agent", ""), ("vary", ""), ("via", ""),
    ("www-authenticate", ""),
  ]

  /// The entries' lines behind each other, and what is known of each.
  struct Lines: Sendable {
    let bytes: [UInt8]
    let fields: [DecodedField]
    let starts: [Int]
  }

  static let lines: Lines = {
    var bytes: [UInt8] = []
    var fields: [DecodedField] = []
    var starts: [Int] = []
    for entry in entries {
      var line: [UInt8] = []
      entry.name.withUTF8Buffer { line.append(contentsOf: $0) }
      let nameCount = line.count
      line.append(ASCII.colon)
      line.append(ASCII.space)
      entry.value.withUTF8Buffer { line.append(contentsOf: $0) }
      line.append(ASCII.carriageReturn)
      line.append(ASCII.lineFeed)
      starts.append(bytes.count)
      fields.append(DecodedField(line, nameCount: nameCount))
      bytes.append(contentsOf: line)
    }
    return Lines(bytes: bytes, fields: fields, starts: starts)
  }()
}
