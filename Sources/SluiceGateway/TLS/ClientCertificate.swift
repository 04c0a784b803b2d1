internal import NIOSSL

/// A client's certificate as the upstream is told of it: the field line of RFC 9440, made once for a connection.
final class ClientCertificate {
  /// `Client-Cert: :…:` with its line end.
  let line: [UInt8]

  /// nil where the certificate cannot be written.
  init?(_ certificate: NIOSSLCertificate) {
    guard let bytes = try? certificate.toDERBytes() else { return nil }
    var line = Array("Client-Cert: :".utf8)
    Base64.append(bytes, to: &line)
    line.append(contentsOf: ":\r\n".utf8)
    self.line = line
  }
}
