/// What `normalizePath` did.
public enum PathCheck: Hashable, Sendable {
  /// The path is already in its normal form; nothing was written.
  case asIs
  /// The normal form was written.
  case normalized
  /// Two servers may read the path differently, or it is malformed.
  case refused(WireRule)
}
