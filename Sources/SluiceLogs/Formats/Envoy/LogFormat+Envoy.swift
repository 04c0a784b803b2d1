extension LogFormat {
  /// Envoy.
  static let envoy: [LogFormat] = []
}
