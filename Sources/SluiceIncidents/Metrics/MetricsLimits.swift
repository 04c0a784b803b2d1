/// How many series the metrics may have. Names beyond a bound share one series, `other`, and are counted.
public enum MetricsLimits {
  /// Routes, each with its upstream.
  public static let routesMax = 1_024
  public static let upstreamsMax = 512
  /// Endpoints of all upstreams.
  public static let endpointsMax = 2_048
  /// Certificates on either side; those that end first are shown.
  public static let certificatesMax = 1_024
  /// Bytes of UTF-8 of one label's value; a longer one is cut.
  public static let labelBytesMax = 256
  /// The name that stands for all others.
  public static let other = "other"
  /// The route of a request that none matched, or that a listener redirected.
  public static let none = "none"

  /// A name as a label shows it.
  public static func label(_ name: String) -> String {
    guard name.utf8.count > labelBytesMax else { return name }
    var (kept, bytes) = ("", 0)
    for scalar in name.unicodeScalars {
      bytes += UTF8.width(scalar)
      guard bytes <= labelBytesMax else { break }
      kept.unicodeScalars.append(scalar)
    }
    return kept
  }
}
