/// A request to the admin address, read whole.
public struct AdminRequest: Sendable {
  /// Bytes of a body; a longer one is refused.
  public static let bodyMax = 16 << 10

  public var method: String
  /// Without the query.
  public var path: String
  /// As sent, without the question mark; nil: none.
  public var query: String?
  /// What the path and the query have for the names of the route.
  public var values = AdminValues()
  /// The Host field; nil: none.
  public var host: String?
  public var authorization: String?
  /// The values of all Accept fields, with commas between them; nil: none.
  public var accept: String?
  public var contentType: String?
  /// The Origin field, and Sec-Fetch-Site: what a browser says of the page that sends it; nil: none.
  public var origin: String?
  public var fetchSite: String?
  /// The Last-Event-ID field; nil: none.
  public var lastEventID: String?
  public var body: [UInt8] = []
  /// Whether the body was longer than `bodyMax` and is left out.
  public var isBodyTooLarge = false
  /// Whether the address asks for a token.
  public var isGuarded = false

  public init(method: String, path: String) {
    self.method = method
    self.path = path
  }
}
