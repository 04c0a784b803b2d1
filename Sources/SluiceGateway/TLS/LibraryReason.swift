internal import NIOSSL

/// Why the TLS library failed a handshake, as a number: the library's Swift side gives only a text, and the text begins
/// with the packed code.
struct LibraryReason: Equatable {
  /// `SSL_R_…` of BoringSSL's ssl.h; an alert of the peer is 1000 and the alert's number.
  var number: UInt32

  static let noSharedCipher = LibraryReason(number: 184)
  static let noSharedGroup = LibraryReason(number: 266)
  static let wrongCurve = LibraryReason(number: 243)
  static let noCommonSignatureAlgorithms = LibraryReason(number: 253)
  static let unsupportedProtocol = LibraryReason(number: 240)
  static let wrongVersionNumber = LibraryReason(number: 247)
  static let peerDidNotReturnACertificate = LibraryReason(number: 192)
  static let certificateVerifyFailed = LibraryReason(number: 125)

  /// The alert that the peer sent, where that is the reason.
  var alert: UInt8? { number >= 1000 ? UInt8(exactly: number - 1000) : nil }

  init(number: UInt32) { self.number = number }

  /// nil for what did not come from the library.
  init?(_ error: BoringSSLInternalError) {
    let words = error.description.split(separator: " ", maxSplits: 2)
    guard words.count >= 2, words[0] == "Error:", let code = UInt32(words[1]) else { return nil }
    // The library's number is in the upper 8 bits, the reason in the lower 12.
    number = code & 0xFFF
  }

  /// The library's own name of it, such as `WRONG_CURVE`; nil for what did not come from the library.
  static func name(of error: any Error) -> String? {
    guard case NIOSSLError.handshakeFailed(.sslError(let stack))? = error as? NIOSSLError, let first = stack.first
    else {
      return nil
    }
    // Error: 268435699 error:100000f3:SSL routines:OPENSSL_internal:WRONG_CURVE at FILE:LINE
    guard let word = first.description.split(separator: ":").first(where: { $0.contains(" at ") }) else { return nil }
    return String(word.prefix { $0 != " " })
  }

  /// The first of the errors that a handshake failed with.
  init?(_ error: any Error) {
    guard case NIOSSLError.handshakeFailed(let failure)? = error as? NIOSSLError else { return nil }
    switch failure {
    case .sslError(let stack), .unknownError(let stack):
      guard let first = stack.first, let reason = LibraryReason(first) else { return nil }
      self = reason
    default:
      return nil
    }
  }
}
