/// What becomes of one socket that another process opened: it serves a listener of ours, or it is closed, and why.
public enum SocketMatch: Hashable, Sendable {
  /// An index in the listeners of the configuration.
  case listener(Int)
  case notListening
  /// Neither TCP nor a Unix path: nothing that a configuration could name.
  case unknownKind
  /// No listener of the configuration has this address.
  case notConfigured

  /// A socket that came from systemd or from an older gateway.
  public struct Inherited: Hashable, Sendable {
    /// nil: of another family.
    public var bound: BoundAddress?
    /// The address as the older gateway's configuration writes it; empty from systemd.
    public var label: String
    public var isListening: Bool

    public init(bound: BoundAddress?, label: String = "", isListening: Bool = true) {
      self.bound = bound
      self.label = label
      self.isListening = isListening
    }
  }

  /// A listener of the configuration, its host resolved.
  public struct Wanted: Hashable, Sendable {
    /// nil: its host has no address now.
    public var bound: BoundAddress?
    public var label: String

    public init(bound: BoundAddress?, label: String) {
      self.bound = bound
      self.label = label
    }

    /// Port 0 takes whatever port the system chose for the older gateway's listener of the same text.
    private var takesAnyPort: Bool {
      guard case .tcp(let address) = bound else { return false }
      return address.port == 0
    }

    func takes(_ socket: Inherited) -> Bool {
      takesAnyPort ? label == socket.label : bound != nil && bound == socket.bound
    }
  }

  /// One answer for each socket, in their order. Several sockets may serve one listener (SO_REUSEPORT).
  public static func of(_ sockets: [Inherited], for listeners: [Wanted]) -> [SocketMatch] {
    sockets.map { socket in
      guard socket.bound != nil else { return .unknownKind }
      guard socket.isListening else { return .notListening }
      return listeners.firstIndex { $0.takes(socket) }.map { .listener($0) } ?? .notConfigured
    }
  }

  /// Why a socket is closed; nil: it is used.
  public var reason: String? {
    switch self {
    case .listener: nil
    case .notListening: "it does not listen"
    case .unknownKind: "it is neither a TCP socket nor a Unix socket with a path"
    case .notConfigured: "no listener of the configuration has its address"
    }
  }
}
