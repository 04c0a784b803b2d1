extension LogFormat {
  /// nginx and ingress-nginx.
  static let nginx: [LogFormat] = []
}
