extension LogFormat {
  /// HAProxy.
  static let haproxy: [LogFormat] = []
}
