/// Whether a client does well to send a failed request again, later and by itself.
public enum ClientRetry: UInt8, CaseIterable, Hashable, Sendable {
  /// The request was not processed, and the failure may pass.
  case always
  /// The failure may pass, but the request may have been processed.
  case ifIdempotent
  /// The same request would fail in the same way until somebody changes something.
  case useless
}
