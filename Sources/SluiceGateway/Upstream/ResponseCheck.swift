internal import NIOCore
internal import SluiceWire

/// What speaks against a response before anything of it was passed on, found in the bytes that came with its head.
///
/// A fault that is seen here is answered 502; later the response can only be cut.
enum ResponseCheck {
  /// A web server that tells a client of its TLS port, in plain HTTP, to speak TLS.
  static func isFromTLSPort(_ bytes: ByteBuffer) -> Bool {
    appearance(of: bytes.readableBytesSpan) == .plainHTTPToTLSPort
  }
}
