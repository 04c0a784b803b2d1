/// Well-formed and malformed responses as bytes.
enum Reply {
  /// A response with a Content-Length, and the body unless the request was HEAD.
  static func text(
    _ body: String, _ status: UInt16 = 200, for request: LabRequest, type: String = "text/plain"
  ) -> [Step] {
    let head = "HTTP/1.1 \(status) \(reason(status))\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n"
    let close = request.wantsClose ? "Connection: close\r\n" : ""
    return [.awaitBody, .send(bytes(head + close + "\r\n" + (request.isHead ? "" : body)))]
  }

  static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  /// The head of a response: the status line, these fields, the empty line.
  static func head(_ status: UInt16 = 200, _ fields: String...) -> String {
    "HTTP/1.1 \(status) \(reason(status))\r\n" + fields.map { $0 + "\r\n" }.joined() + "\r\n"
  }

  static func reason(_ status: UInt16) -> String {
    switch status {
    case 100: "Continue"
    case 101: "Switching Protocols"
    case 103: "Early Hints"
    case 200: "OK"
    case 201: "Created"
    case 204: "No Content"
    case 206: "Partial Content"
    case 301: "Moved Permanently"
    case 302: "Found"
    case 304: "Not Modified"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 403: "Forbidden"
    case 404: "Not Found"
    case 408: "Request Timeout"
    case 413: "Content Too Large"
    case 426: "Upgrade Required"
    case 429: "Too Many Requests"
    case 500: "Internal Server Error"
    case 501: "Not Implemented"
    case 502: "Bad Gateway"
    case 503: "Service Unavailable"
    case 504: "Gateway Timeout"
    default: "Status"
    }
  }
}
