public import SluiceCore

/// How the endpoints of an upstream are checked.
public struct HealthCheckConfiguration: Sendable, Hashable {
  /// What a check does.
  public enum Kind: Sendable, Hashable {
    /// Connects and closes.
    case tcp
    /// Asks for a path with GET.
    case http(path: String, host: String?, statuses: [ClosedRange<UInt16>])
    /// Asks gRPC's health service about this service; empty: about the program as a whole.
    case grpc(service: String, host: String?)
  }

  public var kind: Kind
  /// Checks ask over HTTP/2, as requests do.
  public var speaksHTTP2 = false
  /// From one check of an endpoint to its next, give or take a tenth.
  public var interval: TimeSpan
  /// For one check, from resolving to the head of the response; less than `interval`.
  public var timeout: TimeSpan
  /// Checks in a row that an unhealthy endpoint must pass.
  public var rise: Int
  /// Checks in a row that an endpoint must fail to be unhealthy.
  public var fall: Int
}
