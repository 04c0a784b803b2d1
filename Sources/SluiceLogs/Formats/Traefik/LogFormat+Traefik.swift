extension LogFormat {
  /// Traefik.
  static let traefik: [LogFormat] = []
}
