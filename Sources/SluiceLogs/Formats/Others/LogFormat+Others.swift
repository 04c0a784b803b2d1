extension LogFormat {
  /// Proxies with a format or two each.
  static let others: [LogFormat] = []
}
