extension LogFormat {
  /// Apache httpd.
  static let httpd: [LogFormat] = []
}
