public import Crypto
internal import SwiftASN1
internal import X509

/// A certificate with its private key and what stands between it and its root.
public struct IssuedCertificate: Sendable {
  /// DER of the certificate, then of each intermediate, the nearest first; the root is not in it.
  public let chain: [[UInt8]]
  public let privateKey: P256.Signing.PrivateKey

  init(chain: [Certificate], privateKey: P256.Signing.PrivateKey) throws {
    self.chain = try chain.map { try $0.derBytes() }
    self.privateKey = privateKey
  }

  private init(chain: [[UInt8]], privateKey: P256.Signing.PrivateKey) {
    self.chain = chain
    self.privateKey = privateKey
  }

  /// The same without its intermediates: what a listener shows whose configuration forgot them.
  public var withoutIntermediates: IssuedCertificate {
    IssuedCertificate(chain: Array(chain.prefix(1)), privateKey: privateKey)
  }

  /// The same with the root behind its intermediates: needless, and often seen.
  ///
  /// - Throws: where the root cannot be encoded.
  public func with(rootOf authority: CertificateAuthority) throws -> IssuedCertificate {
    IssuedCertificate(chain: chain + [try authority.rootDER], privateKey: privateKey)
  }

  /// The certificate alone, as PEM.
  public var certificatePEM: String { chain.first.map(PEM.certificate) ?? "" }

  /// The certificate and its intermediates, as PEM.
  public var chainPEM: String { chain.map(PEM.certificate).joined() }

  /// The private key as PEM (PKCS #8).
  public var keyPEM: String { privateKey.pemRepresentation + "\n" }

  /// Writes `NAME.pem` (the chain) and `NAME.key` (the key, for its owner alone) into a folder that is there, over
  /// what an earlier call wrote.
  ///
  /// - Throws: `LabError.systemCall` where a file cannot be made or written.
  public func write(into folder: String, name: String) throws -> CertificateFiles {
    let files = CertificateFiles(certificate: "\(folder)/\(name).pem", key: "\(folder)/\(name).key")
    try LabFile.put(Array(chainPEM.utf8), to: files.certificate, mode: 0o644)
    try LabFile.put(Array(keyPEM.utf8), to: files.key, mode: 0o600)
    return files
  }
}
