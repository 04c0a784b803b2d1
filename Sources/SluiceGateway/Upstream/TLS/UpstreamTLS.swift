internal import Crypto
internal import NIOCore
internal import NIOSSL
internal import SluiceConfiguration

/// TLS to the endpoints of one upstream: what is offered, shown and believed. Made for each generation, shared by all
/// workers.
final class UpstreamTLS: Sendable {
  let configuration: UpstreamTLSConfiguration
  private let context: NIOSSLContext
  /// Offers HTTP/1.1 alone, for a protocol switch of it; nil: `context` does.
  private let contextHTTP1: NIOSSLContext?
  /// nil: any certificate will do.
  let trust: TrustStore?
  /// What is offered in ALPN, the best first.
  private let protocols: [String]
  /// All that makes a connection another one: settings and the files' contents. A connection made with others is not
  /// used again (DECISIONS 13).
  let identity: [UInt8]

  /// How long a closing connection waits for the other side's close_notify. The library goes on waiting when the other
  /// side has closed, so that this is what each close costs in an open descriptor.
  static let closingTime = TimeAmount.milliseconds(50)

  /// For one connection.
  static var handlerConfiguration: NIOSSLHandler.Configuration {
    var configuration = NIOSSLHandler.Configuration()
    // Without it a connection keeps the largest buffer that it ever wrote from (DECISIONS 29).
    configuration.maximumPreservedOutboundBufferCapacity = 16 << 10
    return configuration
  }

  /// - Parameters:
  ///   - versions: what is spoken in the place of what is configured.
  ///   - certificateWanted: called on the loop when an endpoint asks for a certificate of ours.
  /// - Throws: where a file is missing or is not what it should be.
  init(
    _ upstream: UpstreamConfiguration, versions: ClosedRange<UpstreamTLSConfiguration.Version>? = nil,
    certificateWanted: (@Sendable () -> Void)? = nil, system: () throws(CertificateFileError) -> TrustStore
  ) throws(CertificateFileError) {
    configuration = upstream.tls
    let place = "upstreams.\(upstream.name).tls"
    var settings = TLSConfiguration.makeClientConfiguration()
    // Our own verification speaks for all of it; the library's roots would be parsed for each context, and not used.
    settings.certificateVerification = .noHostnameVerification
    settings.trustRoots = .certificates([])
    settings.minimumTLSVersion = (versions?.lowerBound ?? configuration.minimumVersion).library
    if let versions { settings.maximumTLSVersion = versions.upperBound.library }
    if let certificateWanted {
      settings.sslContextCallback = { _, promise in
        certificateWanted()
        promise.succeed(.noChanges)
      }
    }
    settings.shutdownTimeout = Self.closingTime
    protocols = Self.offers(upstream.protocolChoice)
    settings.applicationProtocols = protocols
    var hash = SHA256()
    hash.update(data: Array("\(configuration)\(protocols)".utf8))
    if configuration.verify == .none {
      trust = nil
    } else if let path = configuration.trust {
      trust = try TrustStore(path: path, key: "\(place).trust")
    } else {
      trust = try system()
    }
    if let trust { hash.update(data: trust.digest) }
    if let certificate = configuration.certificate, let key = configuration.key {
      let bytes = try CertificateFile.read(certificate, key: "\(place).certificate")
      let chain = try CertificateFile.certificates(in: bytes, path: certificate, key: "\(place).certificate")
      settings.certificateChain = chain.map { .certificate($0) }
      settings.privateKey = .privateKey(try CertificateFile.privateKey(key, key: "\(place).key"))
      hash.update(data: bytes)
    }
    identity = Array(hash.finalize())
    do {
      context = try NIOSSLContext(configuration: settings)
      settings.applicationProtocols = Self.offers(.http1)
      contextHTTP1 = protocols.count > 1 ? try NIOSSLContext(configuration: settings) : nil
    } catch {
      throw CertificateFileError(
        key: "\(place).key", path: configuration.key ?? "", reason: "it is not the key of 'certificate'")
    }
  }

  private static func offers(_ choice: UpstreamProtocol) -> [String] {
    switch choice {
    case .auto: ["h2", "http/1.1"]
    case .http1: ["http/1.1"]
    case .http2: ["h2"]
    }
  }

  /// For a new connection.
  func context(offeringHTTP2: Bool) -> NIOSSLContext { offeringHTTP2 ? context : contextHTTP1 ?? context }

  /// What such a connection offers.
  func offers(http2: Bool) -> [String] { http2 ? protocols : protocols.filter { $0 != "h2" } }

  /// Whom the certificate of an endpoint must name.
  func identity(of target: EndpointTarget) -> PeerIdentity {
    if let name = configuration.name { return PeerIdentity(name) }
    switch target {
    case .tcp(let host, _): return PeerIdentity(host)
    case .unix: return PeerIdentity("localhost")
    }
  }

  /// For each upstream; nil where none of its endpoints is https.
  static func load(_ upstreams: [UpstreamConfiguration]) throws(CertificateFileError) -> [UpstreamTLS?] {
    var system: TrustStore?
    var result: [UpstreamTLS?] = []
    for upstream in upstreams {
      guard upstream.endpoints.contains(where: { $0.usesTLS }) else {
        result.append(nil)
        continue
      }
      let tls = try UpstreamTLS(upstream) { () throws(CertificateFileError) -> TrustStore in
        if let system { return system }
        let store = try TrustStore.system(key: "upstreams.\(upstream.name).tls.trust")
        system = store
        return store
      }
      result.append(tls)
    }
    return result
  }
}

extension UpstreamTLSConfiguration.Version {
  fileprivate var library: TLSVersion {
    switch self {
    case .tls10: .tlsv1
    case .tls11: .tlsv11
    case .tls12: .tlsv12
    case .tls13: .tlsv13
    }
  }
}
