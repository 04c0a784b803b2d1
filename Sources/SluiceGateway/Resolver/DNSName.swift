/// Rules for host names as they are asked for: which are valid, which are absolute, how they look as text.
enum DNSName {
  /// Bytes of a name as text, without the final dot (RFC 1035 section 2.3.4 less the wire form's two).
  static let textBytesMax = 253
  /// Bytes of one label.
  static let labelBytesMax = 63

  /// Whether a name may be asked for: letters, digits, hyphens and underscores in labels of 1 to 63 bytes.
  ///
  /// Stricter than DNS, which allows any byte (RFC 2181 section 11): an address's name is a host name (RFC 1123 section
  /// 2.1), and everything else (escapes, spaces, control bytes, text that is not ASCII) is a mistake of the
  /// configuration. The underscore is in, because container networks use it.
  static func isValid(_ name: String) -> Bool {
    let bytes = withoutFinalDot(name).utf8
    guard !bytes.isEmpty, bytes.count <= textBytesMax else { return false }
    return bytes.split(separator: ASCII.dot, omittingEmptySubsequences: false).allSatisfy { label in
      !label.isEmpty && label.count <= labelBytesMax && label.allSatisfy(ASCII.isHostByte)
    }
  }

  /// A name with a final dot is complete: no search domain is put behind it.
  static func isAbsolute(_ name: String) -> Bool { name.utf8.last == ASCII.dot }

  static func withoutFinalDot(_ name: String) -> Substring { isAbsolute(name) ? name.dropLast() : name[...] }

  /// The form in which names are compared and kept: lower case, no final dot (RFC 4343).
  static func key(_ name: String) -> String { withoutFinalDot(name).lowercased() }

  /// `localhost` and every name below it are the machine itself, whatever a server says (RFC 6761 section 6.3).
  static func isLocalhost(key: String) -> Bool { key == "localhost" || key.hasSuffix(".localhost") }

  /// The names to ask for, in order, each complete (resolv.conf's `search` and `ndots`).
  ///
  /// - Parameter dotsMin: `ndots`: a name with at least this many dots is asked as it is before any search domain.
  static func candidates(for name: String, searchDomains: [String], dotsMin: Int) -> [String] {
    let bare = String(withoutFinalDot(name))
    guard !isAbsolute(name) else { return [bare] }
    let dots = bare.utf8.count(where: { $0 == ASCII.dot })
    let searched = searchDomains.prefix(ResolverLimits.searchDomainsMax)
      .map { bare + "." + withoutFinalDot($0) }
      .filter(isValid)
    return dots >= dotsMin ? [bare] + searched : searched + [bare]
  }

  /// A name in wire form as text for people: no final dot, `.` for the root, unprintable bytes as `\DDD` (RFC 4343).
  static func text(_ wire: [UInt8]) -> String {
    var text: [UInt8] = []
    var rest = wire[...]
    while let length = rest.first, length > 0, rest.count > Int(length) {
      if !text.isEmpty { text.append(ASCII.dot) }
      for byte in rest.dropFirst().prefix(Int(length)) {
        if ASCII.isHostByte(byte) {
          text.append(byte)
        } else {
          text += [0x5C, 0x30 + byte / 100, 0x30 + byte / 10 % 10, 0x30 + byte % 10]
        }
      }
      rest = rest.dropFirst(Int(length) + 1)
    }
    return text.isEmpty ? "." : String(decoding: text, as: UTF8.self)
  }
}

/// The few ASCII rules that names need.
enum ASCII {
  static let dot = UInt8(ascii: ".")

  static func lowercase(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }

  static func isHostByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
