/// One request of our own and what came back.
public struct ResponseSeen: Equatable, Sendable, Codable {
  public enum Question: String, Equatable, Sendable, Codable, CaseIterable {
    /// As the gateway would ask.
    case configured
    /// The path of the active check.
    case health
    /// HTTP in the clear where TLS is configured, and the reverse.
    case otherScheme
    /// HTTP/2 by prior knowledge where HTTP/1.1 is configured, and the reverse.
    case otherProtocol
    /// At another port on which the same program listens.
    case otherPort
  }

  public var question: Question
  /// Of the connection.
  public var address: String
  public var method: String
  public var path: String
  /// An identifier of `Cause`; nil: a valid response came.
  public var cause: String?
  public var status: UInt16?
  /// Of the path of the active check: whether its status passes; nil: it was not asked for.
  public var passesCheck: Bool?
  /// As in `HTTP/1.1`.
  public var version: String?
  /// How the body's end is told: none, length, chunked or close.
  public var framing: String?
  /// From the sent request.
  public var firstByteMs: Double?
  /// From the beginning of the request to the end of the response, or to the failure.
  public var tookMs: Double = 0
  /// Of what is no valid response.
  public var firstBytes: FirstBytes?
  /// Whether the endpoint ends the connection after this response.
  public var closesAfter: Bool?
  /// Fields that tell who answers: Server, Via, Location, Retry-After, versions.
  public var fields: [FieldSeen] = []
  /// Whether the gateway that asks has answered: the endpoint leads back to it.
  public var isOurselves: Bool = false

  public init(question: Question, address: String, method: String, path: String) {
    self.question = question
    self.address = address
    self.method = method
    self.path = path
  }
}
