internal import SluiceIncidents
internal import SluiceWire

extension FirstBytes {
  /// With what the bytes look like, where that is not HTTP.
  static func seen(_ bytes: [UInt8], total: Int, secrets: SecretFields) -> FirstBytes {
    let looks = appearance(of: bytes.span.bytes)
    return FirstBytes(
      bytes, total: total, looksLike: looks == .http ? nil : looks.identifier, secrets: secrets)
  }
}
