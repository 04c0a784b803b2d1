/// Why a reload cannot begin.
public enum ReloadError: Error, CustomStringConvertible {
  /// Another reload is under way, or another process is taking the sockets over.
  case busy

  public var description: String {
    "another reload or a takeover is under way; try again in a moment"
  }
}
