/// Who listens on the machine of an endpoint.
public struct ListenersSeen: Equatable, Sendable, Codable {
  /// At the endpoint's address, with those that listen on all addresses.
  public var here: [ListeningSocketSeen] = []
  /// At the same port of other addresses, through which the endpoint is not reached.
  public var samePort: [ListeningSocketSeen] = []
  /// At other ports, of the program that listened here before or has the same name.
  public var elsewhere: [ListeningSocketSeen] = []
  /// Of all of these, each once.
  public var processes: [ProcessSeen] = []
  /// Where the endpoint is a Unix socket.
  public var socketFile: SocketFileSeen?
  /// Who listened here before, the latest first, as far as a store knows.
  public var history: [ProcessSighting] = []
  /// Sentences: what could not be read, and which right is missing.
  public var missing: [String] = []

  public init() {}
}
