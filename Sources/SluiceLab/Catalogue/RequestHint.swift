/// What a client has to send for a scenario to happen.
public struct RequestHint: Sendable {
  public var method = "GET"
  /// Bytes of the request body.
  public var bodyBytes = 0
  /// Whether the body goes out chunked.
  public var isChunked = false
  public var headers: [(name: String, value: String)] = []
  /// Requests that must follow each other on one upstream connection; the last one shows the behaviour.
  public var requests = 1
  /// Milliseconds between those requests.
  public var pause = 0

  public init() {}

  static let get = RequestHint()

  static func post(_ bytes: Int, headers: [(name: String, value: String)] = []) -> RequestHint {
    var hint = RequestHint()
    hint.method = "POST"
    hint.bodyBytes = bytes
    hint.headers = headers
    return hint
  }

  static func twice(pause: Int = 0, method: String = "GET") -> RequestHint {
    var hint = RequestHint()
    hint.method = method
    hint.requests = 2
    hint.pause = pause
    return hint
  }

  static func with(_ headers: (String, String)..., method: String = "GET") -> RequestHint {
    var hint = RequestHint()
    hint.method = method
    hint.headers = headers.map { (name: $0.0, value: $0.1) }
    return hint
  }
}
