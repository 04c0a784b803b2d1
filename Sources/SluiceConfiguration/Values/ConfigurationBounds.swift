internal import SluiceCore

/// The bounds on a configuration itself, so that no file can make the gateway slow or large.
public enum ConfigurationBounds {
  /// Bytes of a file.
  public static let fileBytes = 1 << 20
  /// Levels of lists and mappings within each other. The format needs 6.
  public static let nestingDepth = 32
  /// Values in a file, each use of an alias counted in full.
  public static let nodes = 100_000
  /// Bytes that environment variables may add to a file.
  public static let expandedBytes = 1 << 20
  /// Diagnostics that are kept; what is beyond is counted.
  public static let diagnostics = 100
  /// Characters of a source line shown with a diagnostic.
  public static let excerptCharacters = 160
  /// Characters of a value shown in a message.
  public static let quotedCharacters = 60
  public static let listeners = 256
  public static let routes = 10_000
  public static let upstreams = 4_096
  /// Endpoints of one upstream.
  public static let endpoints = EndpointSet.capacity
  /// Bytes of a Unix socket's path: `sun_path` without its final NUL.
  public static let unixPathBytes = 103
  /// Incidents that a store may keep.
  public static let incidents = 10_000_000
  /// Rate limits of one route.
  public static let rateLimits = 4
  /// Webhooks that are told of problems.
  public static let alerts = 16
  /// Headers of one webhook.
  public static let alertHeaders = 16
  /// Headers of each export of spans.
  public static let tracingHeaders = 16
  /// Certificates of one listener.
  public static let certificates = 1_024
  /// Event loops.
  public static let workers = 1_024
}
