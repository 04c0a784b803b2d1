public import SluiceConfiguration

/// One listener, over all workers.
public struct ListenerReport: Sendable {
  public var configuration: ListenerConfiguration
  /// As bound; nil: a Unix socket, or it is closed already.
  public var port: Int?
  /// Of clients, at this moment.
  public var connections: Int
  /// Those that it serves; empty without TLS.
  public var certificates: [CertificateFacts]
}
