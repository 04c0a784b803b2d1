internal import Crypto
internal import NIOCore
internal import SluiceCore
internal import SluiceWire

// A WebSocket of an HTTP/2 client at an HTTP/1.1 upstream: the handshake that the client did not make is ours
// (RFC 8441 section 5, RFC 6455 section 4).

extension ExchangeDriver {
  func planWebSocket() {
    let block = block
    guard equalsIgnoringCase(block.span.bytes, head.upgrade, "websocket") else { return }
    plan.webSocketKey = WebSocketKey.make(worker.nextRandom(), worker.nextRandom())
  }

  /// What an HTTP/2 endpoint does not say of a WebSocket, and an HTTP/1.1 client waits for.
  var webSocketLines: [UInt8] {
    let block = block
    for field in head.fields where field.known == .secWebSocketKey {
      var key: [UInt8] = []
      key.append(block.span.bytes, field.value)
      return Array("Sec-WebSocket-Accept: ".utf8) + WebSocketKey.answer(to: key) + [0x0D, 0x0A]
    }
    return []
  }

  /// Whether the upstream has read our key: what it answers is made of it.
  func acceptsWebSocket(_ response: ResponseHead, in bytes: ByteBuffer) -> Bool {
    guard let key = plan.webSocketKey else { return true }
    let source = bytes.readableBytesSpan
    for field in response.fields where field.known == .secWebSocketAccept {
      var answer: [UInt8] = []
      answer.append(source, field.value)
      return answer == WebSocketKey.answer(to: key)
    }
    return false
  }
}

/// The nonce of a WebSocket's handshake (RFC 6455 section 4.1).
enum WebSocketKey {
  private static let suffix = Array("258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8)

  /// 16 bytes in base64.
  static func make(_ first: UInt64, _ second: UInt64) -> [UInt8] {
    var bytes: [UInt8] = []
    for word in [first, second] {
      for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
    return base64(bytes)
  }

  /// What Sec-WebSocket-Accept has to say.
  static func answer(to key: [UInt8]) -> [UInt8] { base64(Array(Insecure.SHA1.hash(data: key + suffix))) }

  private static func base64(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        text.append(place <= group.count ? digits[bits >> (18 - 6 * place) & 63] : 0x3D)
      }
    }
    return text
  }
}
