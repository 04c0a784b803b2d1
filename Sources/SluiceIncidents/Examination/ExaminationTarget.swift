/// What an examination looks at.
public struct ExaminationTarget: Equatable, Sendable, Codable {
  /// As configured, or the URL that was asked about.
  public var endpoint: String
  /// nil: not one of the configuration.
  public var upstream: String?
  public var isTLS: Bool
  /// Without brackets; nil for a Unix socket.
  public var host: String?
  public var port: UInt16?
  /// Of a Unix socket.
  public var socketPath: String?
  /// Path and query that are asked for.
  public var path: String

  public init(
    endpoint: String, upstream: String?, isTLS: Bool, host: String?, port: UInt16?, socketPath: String?, path: String
  ) {
    self.endpoint = endpoint
    self.upstream = upstream
    self.isTLS = isTLS
    self.host = host
    self.port = port
    self.socketPath = socketPath
    self.path = path
  }
}
