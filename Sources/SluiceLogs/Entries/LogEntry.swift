/// One line of a log in the words of this project, whoever wrote it.
///
/// Texts are as they stand in the line, with the escapes of the format taken away; nil: the line does not tell.
public struct LogEntry: Equatable, Sendable {
  public enum Kind: String, Codable, Sendable {
    /// A request that was answered or ended: a line of an access log. There is one for each request.
    case request
    /// A failure that a proxy tells beside its access log: the same request may have a `request` entry, too.
    case failure
    /// No request: an ejection, a health check, a start.
    case event
  }

  public var product: LogProduct
  public var kind: Kind
  public var place: LinePlace
  /// Unix time in milliseconds: when the line was written, which for a request is its end.
  public var time: Int64?
  /// nil: nothing failed.
  public var conclusion: LineConclusion?
  public var event: LogEvent?
  /// A row says that the line tells no failure, whatever its status.
  public var isDismissed = false

  /// What the client got; nil where it got no answer. HAProxy's -1 and 0 and Envoy's 0 are nil.
  public var status: UInt16?
  /// What the endpoint answered: at the attempt that the conclusion is about, else at the last.
  public var upstreamStatus: UInt16?
  /// The named group of endpoints.
  public var upstream: String?
  /// `address:port`, a URL, or the name that the proxy's configuration gives it: of the attempt that the
  /// conclusion is about, else of the last.
  public var endpoint: String?
  /// What the proxy calls the way a request takes: virtual host, frontend, router, ingress.
  public var route: String?
  /// The address without the port.
  public var client: String?
  public var method: String?
  /// With its query.
  public var path: String?
  public var host: String?
  /// The request's ID, or the number of nginx' connection: joins lines of one request.
  public var requestID: String?
  /// What joins lines of one request beside an ID: the number of nginx' connection (`*1234`), Apache httpd's thread.
  public var connection: String?
  public var process: Int?
  public var attempts: [LogAttempt] = []
  /// How often the proxy tried again, where it tells that and not each attempt.
  public var retries: Int?
  /// Milliseconds: waiting for a place, connecting, to the response head, and altogether.
  public var queueTime: Double?
  public var connectTime: Double?
  public var headTime: Double?
  public var totalTime: Double?
  /// Sent to the client.
  public var bytes: UInt64?
  /// The line, at most `textMax` bytes of it.
  public var text: String

  public static let textMax = 2048

  public init(product: LogProduct, kind: Kind, place: LinePlace, time: Int64?, text: String) {
    self.product = product
    self.kind = kind
    self.place = place
    self.time = time
    self.text = text
  }
}
