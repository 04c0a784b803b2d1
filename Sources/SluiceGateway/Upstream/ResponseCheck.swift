internal import NIOCore
internal import SluiceWire

/// What speaks against a response before anything of it was passed on, found in the bytes that came with its head.
///
/// A fault that is seen here is answered 502; later the response can only be cut.
enum ResponseCheck {
  /// The first rule that the chunks in hand break.
  ///
  /// - Parameter decoder: at the start of the body; its copy is used up.
  static func brokenChunk(_ decoder: BodyDecoder, _ bytes: ByteBuffer) -> WireFault? {
    var decoder = decoder
    var offset = 0
    while true {
      switch decoder.next(bytes.readableBytesSpan, at: &offset) {
      case .data, .trailers: continue
      case .needMore, .end: return nil
      case .failed(let fault): return fault
      }
    }
  }

  /// A web server that tells a client of its TLS port, in plain HTTP, to speak TLS.
  static func isFromTLSPort(_ bytes: ByteBuffer) -> Bool {
    appearance(of: bytes.readableBytesSpan) == .plainHTTPToTLSPort
  }
}
