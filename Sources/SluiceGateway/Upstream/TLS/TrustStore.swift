internal import Crypto
internal import Glibc
internal import NIOCore
internal import NIOSSL
internal import X509

/// The roots that an upstream's certificates must lead to.
struct TrustStore: Sendable {
  /// Roots and pinned certificates.
  let certificates: [Certificate]
  let store: CertificateStore
  /// The file that they were read from.
  let path: String
  /// SHA-256 of the file: the same roots are the same store.
  let digest: [UInt8]

  /// Bytes of a file of certificates or keys: ten times what a distribution's roots take.
  static let fileBytesMax = 4 << 20

  /// Where distributions keep the roots of the system: Debian, Ubuntu, Arch and Alpine, Fedora and RHEL, openSUSE,
  /// OpenBSD and macOS.
  static let systemPaths = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem",
  ]

  /// A file that the configuration names: each certificate in it must be readable.
  init(path: String, key: String) throws(CertificateFileError) {
    let bytes = try CertificateFile.read(path, key: key)
    let found = try CertificateFile.certificates(in: bytes, path: path, key: key)
    var parsed: [Certificate] = []
    for (index, certificate) in found.enumerated() {
      guard let one = Certificate(certificate) else {
        throw CertificateFileError(key: key, path: path, reason: "certificate \(index + 1) in it cannot be read")
      }
      parsed.append(one)
    }
    self.init(parsed, path: path, bytes: bytes)
  }

  /// The system's roots. Some distributions have one that newer parsers refuse: it is left out.
  static func system(key: String) throws(CertificateFileError) -> TrustStore {
    guard let path = systemPaths.first(where: { access($0, R_OK) == 0 }) else {
      throw CertificateFileError(
        key: key, path: systemPaths[0],
        reason: "this system has no trusted roots there or in the other usual places; install ca-certificates, or set "
          + "'trust'")
    }
    let bytes = try CertificateFile.read(path, key: key)
    let parsed = try CertificateFile.certificates(in: bytes, path: path, key: key).compactMap { Certificate($0) }
    return TrustStore(parsed, path: path, bytes: bytes)
  }

  private init(_ certificates: [Certificate], path: String, bytes: [UInt8]) {
    self.certificates = certificates
    store = CertificateStore(certificates)
    self.path = path
    digest = Array(SHA256.hash(data: bytes))
  }
}

extension Certificate {
  /// The same certificate, as the other library reads it.
  init?(_ certificate: NIOSSLCertificate) {
    guard let bytes = try? certificate.toDERBytes(), let parsed = try? Certificate(derEncoded: bytes) else {
      return nil
    }
    self = parsed
  }
}

/// Reads PEM files, and says in words of the configuration what is wrong with them.
enum CertificateFile {
  static func read(_ path: String, key: String) throws(CertificateFileError) -> [UInt8] {
    func failed(_ code: Int32) -> CertificateFileError {
      let reason =
        switch code {
        case ENOENT: "no such file"
        case EACCES: "permission denied"
        default: String(cString: strerror(code))
        }
      return CertificateFileError(key: key, path: path, reason: reason)
    }
    // O_NONBLOCK: opening a FIFO that nobody writes to would wait for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failed(errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw failed(errno)
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= TrustStore.fileBytesMax else {
        throw CertificateFileError(key: key, path: path, reason: "it is larger than 4 MiB, so it is something else")
      }
    }
  }

  /// All certificates of a PEM file, in its order; at least one.
  static func certificates(
    in bytes: [UInt8], path: String, key: String
  ) throws(CertificateFileError) -> [NIOSSLCertificate] {
    let found = try? NIOSSLCertificate.fromPEMBytes(bytes)
    guard let found, !found.isEmpty else {
      let isKey = String(decoding: bytes.prefix(256), as: UTF8.self).contains("PRIVATE KEY")
      throw CertificateFileError(
        key: key, path: path,
        reason: isKey ? "this is a key; a certificate is needed" : "there is no certificate in PEM form in it")
    }
    return found
  }

  static func privateKey(_ path: String, key: String) throws(CertificateFileError) -> NIOSSLPrivateKey {
    let bytes = try read(path, key: key)
    guard let found = try? NIOSSLPrivateKey(bytes: bytes, format: .pem) else {
      let isEncrypted = String(decoding: bytes.prefix(4096), as: UTF8.self).contains("ENCRYPTED")
      throw CertificateFileError(
        key: key, path: path,
        reason: isEncrypted
          ? "the key is encrypted; keep it without a passphrase, readable by the gateway alone"
          : "there is no private key in PEM form in it")
    }
    return found
  }
}
