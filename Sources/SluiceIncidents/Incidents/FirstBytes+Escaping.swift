extension FirstBytes {
  /// Keeps the beginning of what an endpoint sent, with its secrets blanked.
  ///
  /// - Parameters:
  ///   - bytes: as they came; more than `countMax` are left out.
  ///   - total: bytes that had arrived in all.
  public init(_ bytes: [UInt8], total: Int, looksLike: String?, secrets: SecretFields) {
    var kept = Array(bytes.prefix(Self.countMax))
    blankSecrets(in: &kept, fields: secrets)
    self.init(
      text: Self.escape(kept), count: kept.count, isCut: total > kept.count, looksLike: looksLike)
  }

  /// ASCII that no terminal acts on, whatever the bytes are.
  public static func escape(_ bytes: [UInt8]) -> String {
    var text = ""
    text.reserveCapacity(bytes.count)
    for byte in bytes {
      switch byte {
      case 0x0D: text += "\\r"
      case 0x0A: text += "\\n"
      case 0x09: text += "\\t"
      case 0x5C: text += "\\\\"
      case 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = Array("0123456789abcdef".unicodeScalars)
        text += "\\x"
        text.unicodeScalars.append(digits[Int(byte >> 4)])
        text.unicodeScalars.append(digits[Int(byte & 15)])
      }
    }
    return text
  }
}
