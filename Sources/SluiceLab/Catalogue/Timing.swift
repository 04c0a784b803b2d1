/// Which clock decides when the outcome is there.
public enum Timing: String, Sendable, CaseIterable {
  /// As fast as the machine is.
  case immediate
  /// After the time that the scenario itself takes: healthy but slow.
  case slow
  case connectTimeout
  case handshakeTimeout
  case writeTimeout
  case responseHeadTimeout
  case bodyIdleTimeout
  /// Only the limit on the whole request ends it.
  case requestTimeout
  /// Never, unless the client or a limit on size ends it.
  case endless
}
