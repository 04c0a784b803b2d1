internal import NIOCore
internal import NIOSSL
internal import SluiceConfiguration
internal import SluiceCore

/// What a listener's handshakes are made with.
///
/// # Why this way
/// The context holds the keys of session tickets, so it is kept as long as nothing but certificates changes: a client
/// resumes its session after a certificate was renewed. The certificate is chosen for each connection instead
/// (DECISIONS 29).
struct ListenerSecurity: Sendable {
  let context: NIOSSLContext
  let certificates: CertificateSet
  /// What the context was made of.
  let terms: Terms
  /// Clients' certificates are told to the upstream.
  let forwardsClientCertificate: Bool

  /// A session that was made under other terms must not be resumed.
  struct Terms: Sendable, Hashable {
    var minimumVersion: TLSRelease
    var mode: ClientCertificateConfiguration.Mode?
    var trust: [NIOSSLCertificate]
  }

  /// Time for a client to answer our close_notify before its connection is closed anyway.
  static let closingTime = TimeAmount.seconds(2)

  /// Mozilla's intermediate configuration (guidelines 5.7), without the suites over finite-field Diffie-Hellman, which
  /// BoringSSL does not have. Those of TLS 1.3 are all on.
  static let suites = [
    "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384",
    "ECDHE-RSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305", "ECDHE-RSA-CHACHA20-POLY1305",
  ].joined(separator: ":")

  /// What is offered in ALPN, the first first.
  static let protocols = [http2, "http/1.1"]
  static let http2 = "h2"

  /// Reads the files of a listener.
  ///
  /// - Parameters:
  ///   - old: what serves the listener now; its context is kept where the terms are the same.
  ///   - workers: whose connections there will be.
  /// - Returns: nil where the reader has found an error.
  static func read(
    _ configuration: ListenerTLSConfiguration, keeping old: ListenerSecurity?, workers: [WorkerHandle],
    with reader: inout CertificateReader
  ) -> ListenerSecurity? {
    guard let (set, terms) = files(of: configuration, with: &reader) else { return nil }
    let forwards = configuration.clientCertificates?.forwards ?? false
    if let old, old.terms == terms {
      return ListenerSecurity(
        context: old.context, certificates: set, terms: terms, forwardsClientCertificate: forwards)
    }
    var library = library(terms, set.first)
    library.sslContextCallback = { values, promise in
      let loop = promise.futureResult.eventLoop
      let handle = workers.first { $0.loop === loop }
      let chosen = handle?.here { $0.opening?.chooseCertificate(for: values.serverHostname) } ?? nil
      // Only what is read from a client gets here, and whoever reads it is known.
      promise.completeWith(chosen.map { .success($0) } ?? .failure(ChannelError.inappropriateOperationForState))
    }
    return reader.context(library, of: configuration).map {
      ListenerSecurity(context: $0, certificates: set, terms: terms, forwardsClientCertificate: forwards)
    }
  }

  /// What the files of a configuration hold.
  ///
  /// - Returns: nil where the reader has found an error.
  static func files(
    of configuration: ListenerTLSConfiguration, with reader: inout CertificateReader
  ) -> (CertificateSet, Terms)? {
    let certificates = configuration.certificates.compactMap { reader.certificate($0) }
    var terms = Terms(minimumVersion: configuration.minimumVersion, mode: nil, trust: [])
    if let clients = configuration.clientCertificates {
      terms.mode = clients.mode
      guard let trust = reader.trust(clients.trust) else { return nil }
      terms.trust = trust
    }
    guard certificates.count == configuration.certificates.count, let set = CertificateSet(certificates) else {
      return nil
    }
    return (set, terms)
  }

  /// The library's settings for some terms, without a choice of certificates.
  static func library(_ terms: Terms, _ first: ListenerCertificate) -> TLSConfiguration {
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: first.chain.map { .certificate($0) }, privateKey: .privateKey(first.key))
    configuration.minimumTLSVersion = terms.minimumVersion == .tls13 ? .tlsv13 : .tlsv12
    configuration.cipherSuites = suites
    configuration.applicationProtocols = protocols
    configuration.shutdownTimeout = closingTime
    if let mode = terms.mode {
      configuration.trustRoots = .certificates(terms.trust)
      configuration.certificateVerification = mode == .required ? .noHostnameVerification : .optionalVerification
      configuration.sendCANameList = true
    }
    return configuration
  }
}
