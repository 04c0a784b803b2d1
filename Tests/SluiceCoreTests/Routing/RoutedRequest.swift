import SluiceCore
import SluiceWire

/// A request as the table sees it.
struct RoutedRequest {
  var host = ""
  var path = "/"
  var query = ""
  var method = "GET"
  var fields: [(String, String)] = []

  func match(_ table: RouteTable) -> RouteDecision {
    ask { host, path, query, method, fields, source in
      table.match(host: host, path: path, query: query, method: method, fields: fields, source: source)
    }
  }

  func allowed(_ table: RouteTable) -> [String] {
    ask { host, path, query, _, fields, source in
      table.allowedMethods(host: host, path: path, query: query, fields: fields, source: source)
    }
  }

  private func ask<Answer>(
    _ body: (RawSpan, RawSpan, RawSpan, RawSpan, [Field], RawSpan) -> Answer
  ) -> Answer {
    var block: [UInt8] = []
    func append(_ text: String) -> ByteRange {
      let lower = block.count
      block += text.utf8
      return ByteRange(lower, block.count)
    }
    let index = fields.map { name, value in
      Field(name: append(name), value: append(value), line: .empty, known: .unknown)
    }
    let source = block
    let (host, path, query, method) = (Array(host.utf8), Array(path.utf8), Array(query.utf8), Array(method.utf8))
    return body(host.span.bytes, path.span.bytes, query.span.bytes, method.span.bytes, index, source.span.bytes)
  }
}

extension Route {
  /// A route whose action is of no matter.
  static func test(
    _ host: HostPattern = .any, _ path: String = "/", methods: [String] = [], headers: [FieldMatch] = [],
    query: [QueryMatch] = []
  ) -> Route {
    var route = Route(name: "r", host: host, pathPrefix: path, action: .upstream(0))
    route.methods = methods
    route.headers = headers
    route.query = query
    return route
  }
}
