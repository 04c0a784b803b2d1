extension LogFormat {
  /// Load balancers of AWS.
  static let aws: [LogFormat] = []
}
