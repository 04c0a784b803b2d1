/// Replaces what looks like a secret in a line of text by `***`: the values behind names such as `password=`, `token:`
/// or `"apiKey":"`, credentials of HTTP, passwords in URLs, and tokens that are known by their own form.
///
/// Rather too much is blanked than too little: the line still tells what happened.
///
/// - Parameter fields: The names of fields of HTTP whose whole value is secret.
public func blankSecrets(inText text: String, fields: SecretFields = SecretFields()) -> String {
  let bytes = Array(text.utf8)
  guard !bytes.isEmpty else { return text }
  var shown: [UInt8] = []
  shown.reserveCapacity(bytes.count)
  var position = 0
  while position < bytes.count {
    if let secret = SecretInText.found(in: bytes, at: position, fields) {
      shown += bytes[position..<secret.lowerBound]
      shown += SecretInText.blank
      position = secret.upperBound
    } else {
      shown.append(bytes[position])
      position += 1
    }
  }
  return shown.count == bytes.count && shown == bytes ? text : String(decoding: shown, as: UTF8.self)
}
