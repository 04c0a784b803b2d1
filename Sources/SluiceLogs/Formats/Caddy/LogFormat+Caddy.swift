extension LogFormat {
  /// Caddy.
  static let caddy: [LogFormat] = []
}
