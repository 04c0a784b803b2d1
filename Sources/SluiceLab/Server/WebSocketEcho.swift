internal import NIOCore

/// The smallest WebSocket peer that is useful: every data frame comes back unmasked, a ping gets its pong, a close its
/// close.
struct WebSocketEcho {
  /// The longest frame that is taken, in bytes of payload; a longer one ends the connection.
  static let payloadBytesMax = 1 << 20

  /// Takes whole frames out of the input; returns what goes back, and whether the connection is over.
  mutating func feed(_ input: inout ByteBuffer) -> (answer: ByteBuffer, isOver: Bool) {
    var answer = ByteBuffer()
    while true {
      switch nextFrame(&input) {
      case .none: return (answer, false)
      case .some(.tooLong): return (answer, true)
      case .some(.frame(let first, let payload)):
        let code = first & 0x0F
        let back = code == 0x9 ? (first & 0xF0) | 0xA : first
        if code != 0xA { Self.write(back, payload, to: &answer) }
        if code == 0x8 { return (answer, true) }
      }
    }
  }

  private enum Frame {
    case frame(first: UInt8, payload: [UInt8])
    case tooLong
  }

  private func nextFrame(_ input: inout ByteBuffer) -> Frame? {
    var peek = input
    guard let first = peek.readInteger(as: UInt8.self), let second = peek.readInteger(as: UInt8.self) else {
      return nil
    }
    var length = UInt64(second & 0x7F)
    if length == 126 {
      guard let long = peek.readInteger(as: UInt16.self) else { return nil }
      length = UInt64(long)
    } else if length == 127 {
      guard let long = peek.readInteger(as: UInt64.self) else { return nil }
      length = long
    }
    guard length <= UInt64(Self.payloadBytesMax) else { return .tooLong }
    var mask: [UInt8] = [0, 0, 0, 0]
    if second & 0x80 != 0 {
      guard let bytes = peek.readBytes(length: 4) else { return nil }
      mask = bytes
    }
    guard var payload = peek.readBytes(length: Int(length)) else { return nil }
    for index in payload.indices { payload[index] ^= mask[index % 4] }
    input = peek
    return .frame(first: first, payload: payload)
  }

  private static func write(_ first: UInt8, _ payload: [UInt8], to answer: inout ByteBuffer) {
    answer.writeInteger(first)
    switch payload.count {
    case ..<126:
      answer.writeInteger(UInt8(payload.count))
    case ..<65_536:
      answer.writeInteger(UInt8(126))
      answer.writeInteger(UInt16(payload.count))
    default:
      answer.writeInteger(UInt8(127))
      answer.writeInteger(UInt64(payload.count))
    }
    answer.writeBytes(payload)
  }

  /// The value of Sec-WebSocket-Accept for a key (RFC 6455 section 4.2.2).
  static func accept(_ key: String) -> String {
    base64(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
  }

  private static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? alphabet[word >> (18 - 6 * place) & 0x3F] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
