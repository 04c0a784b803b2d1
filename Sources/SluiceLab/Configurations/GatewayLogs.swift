/// What a gateway in front of the lab logs, and where: its failures tell in its own words what the scenarios are.
public struct GatewayLogs: Sendable, Equatable {
  public enum Form: String, Sendable, CaseIterable {
    /// What its package or its documentation has, and most people therefore run.
    case usual
    /// What those write who want to know more: nginx as JSON, HAProxy with the connection's error, httpd at level
    /// `info`, Caddy at level `debug`.
    case detailed
  }

  /// An absolute path; the folder is there.
  public var folder: String
  public var form: Form

  public init(folder: String, form: Form = .usual) {
    self.folder = folder
    self.form = form
  }

  func file(_ name: String) -> String { "\(folder)/\(name)" }

  /// The Unix datagram socket to which HAProxy, which writes no files, sends its lines. Somebody else has to read it.
  public var socket: String { file("log.sock") }
}
