/// The files that a gateway in front of the lab needs for TLS. The lab writes them when it starts, anew each time.
public struct LabTrust: Sendable, Hashable {
  /// The folder that they lie in, which is that of the Unix sockets.
  public let folder: String

  public init(folder: String) { self.folder = folder }

  /// The root that is to be trusted, PEM.
  public var root: String { "\(folder)/root.pem" }
  /// A client certificate and its intermediates, PEM.
  public var certificate: String { "\(folder)/client.pem" }
  /// The key of the client certificate, PEM, mode 0600.
  public var key: String { "\(folder)/client.key" }
  /// Both in one file, as HAProxy wants it, mode 0600.
  public var certificateAndKey: String { "\(folder)/client-both.pem" }
  /// The certificate alone and its key, as httpd wants them, mode 0600. The intermediates are in `certificate`.
  public var certificateAloneAndKey: String { "\(folder)/client-pair.pem" }

  /// The names of the files.
  static let names = ["root.pem", "client.pem", "client.key", "client-both.pem", "client-pair.pem"]

  /// Writes the files into the folder, which is there.
  ///
  /// - Throws: `LabError.systemCall` where a file cannot be made or written.
  public func write(_ certificates: LabCertificates) throws {
    _ = try certificates.authority.writeRoot(into: folder, name: "root")
    let client = certificates.client
    _ = try client.write(into: folder, name: "client")
    try LabFile.put(Array((client.chainPEM + client.keyPEM).utf8), to: certificateAndKey, mode: 0o600)
    try LabFile.put(Array((client.certificatePEM + client.keyPEM).utf8), to: certificateAloneAndKey, mode: 0o600)
  }
}
