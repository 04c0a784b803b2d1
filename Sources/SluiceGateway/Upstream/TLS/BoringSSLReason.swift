internal import NIOSSL
internal import SluiceCore

/// What an error of the TLS library says: the one place that reads its codes (DECISIONS 28).
///
/// The library gives its error codes only as text: `Error: 268436498 error:10000412:SSL routines:…:NAME at file:line`.
/// The first number is the packed code: the library in the upper 8 bits, the reason in the lower 12. Reasons from 1000
/// on are alerts of the peer, the alert's number added.
struct BoringSSLReason: Equatable, Sendable {
  /// The reason of each error in the stack, the first one first.
  var codes: [UInt16] = []
  /// The name of the last one, such as `WRONG_VERSION_NUMBER`.
  var name: String?

  private static let sslLibrary: UInt32 = 16
  private static let alertBase: UInt16 = 1000

  init(_ stack: [BoringSSLInternalError]) {
    for error in stack { add(error.description) }
  }

  init(description: String) { add(description) }

  private mutating func add(_ text: String) {
    guard text.hasPrefix("Error: ") else { return }
    let digits = text.dropFirst(7).prefix { $0.isNumber }
    guard let packed = UInt32(digits), packed >> 24 == Self.sslLibrary else { return }
    codes.append(UInt16(truncatingIfNeeded: packed & 0xFFF))
    // error:CODE:LIBRARY:FUNCTION:REASON at FILE:LINE
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    if parts.count > 5, let reason = parts[5].split(separator: " ").first { name = String(reason.prefix(64)) }
  }

  /// The alert that the peer sent.
  var alert: TLSAlert? {
    for code in codes where code >= Self.alertBase && code < Self.alertBase + 256 {
      return TLSAlert(number: UInt8(code - Self.alertBase))
    }
    return nil
  }

  /// The library marks a `handshake_failure` that answered our first message.
  var isOnClientHello: Bool { codes.contains(Code.handshakeFailureOnClientHello) }

  /// What failed on our side, without an alert of the peer; nil where no narrower cause names it.
  var cause: Cause? {
    for code in codes {
      switch code {
      case Code.unsupportedProtocol, Code.wrongSSLVersion, Code.unknownSSLVersion, Code.inappropriateFallback,
        Code.downgradeDetected, Code.downgradeTo13, Code.secondHelloVersion:
        return .tlsVersionMismatch
      case Code.noSharedCipher, Code.unknownCipherReturned, Code.unsupportedCipher, Code.wrongCipherReturned,
        Code.noCiphersAvailable, Code.wrongCurve, Code.unsupportedCurve, Code.noCommonSignatureAlgorithms,
        Code.noSharedGroup,
        Code.wrongSignatureType:
        return .tlsCipherMismatch
      default: continue
      }
    }
    return nil
  }

  /// Of `ssl.h`.
  private enum Code {
    static let handshakeFailureOnClientHello: UInt16 = 154
    static let inappropriateFallback: UInt16 = 157
    static let noCiphersAvailable: UInt16 = 175
    static let noSharedCipher: UInt16 = 184
    static let unknownCipherReturned: UInt16 = 229
    static let unknownSSLVersion: UInt16 = 234
    static let unsupportedCipher: UInt16 = 237
    static let unsupportedCurve: UInt16 = 239
    static let unsupportedProtocol: UInt16 = 240
    static let wrongCipherReturned: UInt16 = 242
    static let wrongCurve: UInt16 = 243
    static let wrongSignatureType: UInt16 = 245
    static let wrongSSLVersion: UInt16 = 246
    static let noCommonSignatureAlgorithms: UInt16 = 253
    static let downgradeDetected: UInt16 = 254
    static let noSharedGroup: UInt16 = 266
    static let secondHelloVersion: UInt16 = 288
    static let downgradeTo13: UInt16 = 297
  }
}
