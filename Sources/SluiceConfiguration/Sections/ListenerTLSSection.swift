internal import SluiceCore

extension Section where Target == ListenerTLSDraft {
  static var listenerTLS: Section {
    tls(at: "listeners[].tls", "TLS on a listener.", clients: .clientCertificates(at: "listeners[].tls", [.forward]))
  }

  /// There is no upstream that could be told a certificate.
  static var adminTLS: Section {
    tls(at: "admin.tls", "TLS on the admin address.", clients: .clientCertificates(at: "admin.tls", []))
  }

  private static func tls(at path: String, _ doc: String, clients: Section<ClientCertificateDraft>) -> Section {
    Section(
      path, "\(doc) The files are read again when they change, and at SIGHUP.",
      defaults: ListenerTLSDraft(),
      keys: [
        Key(
          required: "certificates", \.certificates,
          .list(
            of: .section(.certificateFiles(at: path)), limit: ConfigurationBounds.certificates, isEmptyAllowed: false),
          "One is chosen by the name that the client asks for (SNI): an exact name, then a wildcard, then the first "
            + "of the list. The names are those of the certificates."),
        Key(
          "clientCertificates", \.clientCertificates, .section(clients),
          absent: "none are asked for", "Certificates of clients."),
        Key(
          "minimumVersion", \.minimumVersion, .choice(["1.2": .tls12, "1.3": .tls13]),
          "The oldest version of TLS that is spoken."),
      ])
  }
}

extension Section where Target == ConfiguredCertificateDraft {
  fileprivate static func certificateFiles(at path: String) -> Section {
    Section(
      "\(path).certificates[]", "A certificate and its private key, both as PEM.",
      defaults: ConfiguredCertificateDraft(),
      keys: [
        Key(
          required: "certificate", \.certificate, .pemFile("server.pem"),
          "The file of the certificate, behind it those of the intermediate authorities."),
        Key(
          required: "key", \.key, .pemFile("server.key"), "The file of its private key, without a passphrase."),
      ])
  }
}

extension Section where Target == ClientCertificateDraft {
  fileprivate static func clientCertificates(at path: String, _ more: [Key<ClientCertificateDraft>]) -> Section {
    Section(
      "\(path).clientCertificates", "Certificates of clients.", defaults: ClientCertificateDraft(),
      keys: [
        Key(
          required: "mode", \.mode, .choice(["optional": .optional, "required": .required]),
          "Whether a client must have one. One that is not trusted, or expired, ends the handshake either way."),
        Key(
          required: "trust", \.trust, .pemFile("clients-ca.pem"),
          "The file of the authorities whose certificates are accepted, as PEM."),
      ] + more)
  }
}

extension Key where Target == ClientCertificateDraft {
  fileprivate static var forward: Key {
    Key(
      "forward", \.forwards, .boolean,
      "Tells the upstream the certificate in the header `Client-Cert` (RFC 9440). What clients say in that header "
        + "is dropped always, unless they are in `trusted.proxies`.")
  }
}

extension ValueType where Value == FileReference {
  /// A file of PEM texts.
  static func pemFile(_ example: String) -> ValueType {
    ValueType<String>.word(
      "file", "a file such as \(example)", show: { $0 }, parse: LogText.path
    ).asFile
  }
}

extension ValueType where Value == String {
  fileprivate var asFile: ValueType<FileReference> {
    let text = self
    return ValueType<FileReference>(
      name: name, expected: expected, schema: schema,
      read: { node, name, reader in
        text.read(node, name, &reader).map { path in
          FileReference(path: path, shown: node.isConfidential ? name : path, position: node.position)
        }
      },
      show: { $0.path })
  }
}
