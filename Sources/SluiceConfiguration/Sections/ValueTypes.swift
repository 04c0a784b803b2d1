internal import SluiceCore

// The scalars that mean something in HTTP or on the network; what each accepts stands with its parser in `Text`.

extension ValueType {
  /// The same value, with its place.
  static func located<Inner>(_ inner: ValueType<Inner>) -> ValueType where Value == Located<Inner> {
    ValueType(
      name: inner.name, expected: inner.expected, schema: inner.schema, sections: inner.sections,
      read: { node, name, reader in
        inner.read(node, name, &reader).map { Located(value: $0, position: node.position) }
      },
      show: { inner.show($0.value) })
  }

  /// A text that `parse` understands.
  static func word(
    _ name: String, _ expected: String, pattern: String? = nil, kept: Set<String> = [],
    show: @escaping (Value) -> String = { "\($0)" },
    parse: @escaping (String) throws(Mistake) -> Value
  ) -> ValueType {
    var schema = JSON.object(["type": .string("string")])
    if let pattern { schema = schema.adding("pattern", .string(SchemaPattern.orVariable(pattern))) }
    return .parsed(name, expected: expected, schema: schema, kept: kept, show: show, parse: parse)
  }
}

extension ValueType where Value == String {
  static var installationName: ValueType {
    .word("name", "a name such as edge-1", pattern: "[A-Za-z][A-Za-z0-9._-]*", parse: FieldText.installationName)
  }

  static var fieldName: ValueType {
    .word("header name", "a header name such as X-Api-Key", parse: bare(FieldText.name))
  }

  static var editableFieldName: ValueType {
    .word("header name", "a header name such as X-Powered-By", parse: bare(FieldText.editableName))
  }

  static var fieldValue: ValueType {
    .word("text", "a header value", show: { $0 }, parse: FieldText.value)
  }

  /// `*` is kept as it is: any value.
  static var matchedValue: ValueType { .word("value or `'*'`", "a value, or '*' for any", parse: FieldText.value) }

  static var method: ValueType { .word("method", "a method such as GET", parse: FieldText.method) }

  static var pathPrefix: ValueType {
    .word("path", "a path such as /v1", pattern: "/[^?#*]*", show: { $0 }, parse: RouteText.pathPrefix)
  }

  static var location: ValueType {
    .word(
      "URL or path", "a URL or path such as https://example.com${path}", kept: RouteText.locationVariables,
      parse: RouteText.location)
  }

  static var cookieName: ValueType {
    .word("cookie name", "a cookie's name such as sluice", parse: FieldText.cookieName)
  }

  static var contact: ValueType {
    .word("URL", "a URL such as mailto:ops@example.com", pattern: "(mailto:|https?://).+", parse: LogText.contact)
  }

  static var guide: ValueType {
    .word("URL", "a URL such as https://example.com/guide", pattern: "https?://.+", parse: LogText.guide)
  }

  /// The checks of names say `is not …`, made for keys; for a value the sentence begins with `it`.
  private static func bare(
    _ check: @escaping (String) throws(Mistake) -> String
  ) -> (String) throws(Mistake) -> String {
    { text throws(Mistake) in
      do throws(Mistake) {
        return try check(text)
      } catch {
        throw Mistake("it \(error.what)", suggestion: error.suggestion)
      }
    }
  }
}

extension ValueType where Value == ListenAddress {
  static var listenAddress: ValueType {
    .word("address", "an address such as 127.0.0.1:8080, [::1]:8080 or unix:/run/sluice.sock", parse: ListenText.parse)
  }
}

extension ValueType where Value == EndpointURL {
  static var endpointURL: ValueType {
    .word(
      "URL", "a URL such as http://127.0.0.1:3000 or unix:/run/app.sock", pattern: "(https?://[^/?#@]+/?|unix:/.+)",
      parse: EndpointText.parse)
  }
}

extension ValueType where Value == EndpointDraft {
  static var endpointShort: ValueType {
    let url = ValueType<EndpointURL>.endpointURL
    return ValueType(
      name: url.name, expected: url.expected, schema: url.schema,
      read: { node, name, reader in
        url.read(node, name, &reader).map { EndpointDraft(url: $0) }
      })
  }
}

extension ValueType where Value == Redirect {
  static var redirectLocation: ValueType {
    let location = ValueType<String>.location
    return ValueType(
      name: location.name, expected: location.expected, schema: location.schema,
      read: { node, name, reader in
        location.read(node, name, &reader).map { Redirect(status: 308, location: $0) }
      })
  }
}

extension ValueType where Value == UInt16 {
  static var redirectStatus: ValueType {
    .choice(["301": 301, "302": 302, "303": 303, "307": 307, "308": 308]).asNumber
  }

  static var responseStatus: ValueType {
    let number = ValueType<Int>.integer(200...599, example: 404)
    return ValueType(
      name: number.name, expected: number.expected, schema: number.schema,
      read: { node, name, reader in number.read(node, name, &reader).map { UInt16(clamping: $0) } })
  }

  /// Words that are numbers: editors must take them without quotes too.
  private var asNumber: ValueType {
    let words = self
    let numbers = ["301", "302", "303", "307", "308"].compactMap { Int($0) }.map(JSON.integer)
    return ValueType(
      name: name, expected: expected,
      schema: .object(["anyOf": .array([.object(["enum": .array(numbers)]), words.schema])]), read: read, show: show)
  }
}

extension ValueType where Value == HostPattern {
  static var hostPattern: ValueType {
    .word("host", "a host such as api.example.com or '*.example.com'", parse: RouteText.hostPattern)
  }
}

extension ValueType where Value == HostRewrite {
  static var hostRewrite: ValueType {
    .word("`keep`, `upstream` or a host", "keep, upstream or a host such as app.internal", parse: RouteText.hostRewrite)
  }
}

extension ValueType where Value == BalancePolicy {
  /// What `consistentHash` hashes is told by `hashOn`.
  static var balance: ValueType {
    .choice([
      "leastRequest": .leastRequest, "roundRobin": .roundRobin, "peakEWMA": .peakEWMA, "random": .random,
      "consistentHash": .consistentHash(.clientAddress),
    ])
  }
}

extension ValueType where Value == BalancePolicy.HashKey {
  static var hashKey: ValueType {
    .word(
      "hash key", "clientAddress, path, header:NAME or cookie:NAME", pattern: "clientAddress|path|(header|cookie):.+",
      parse: RouteText.hashKey)
  }
}

extension ValueType where Value == LogSource {
  static var logSource: ValueType {
    .word("file or `journal:UNIT`", "a file such as /var/log/api.log, or journal:UNIT", parse: LogText.source)
  }
}

extension ValueType where Value == AccessLogConfiguration.Destination {
  static var logDestination: ValueType {
    .word("file or `-`", "a file such as access.log, or '-' for standard output", parse: LogText.destination)
  }
}

extension ValueType where Value == IncidentsConfiguration.Store {
  static var incidentStore: ValueType {
    .word("file or `off`", "a file such as /var/lib/sluice/incidents.sqlite, or off", parse: LogText.store)
  }
}

extension ValueType where Value == AddressRange {
  static var addressRange: ValueType {
    .word("address or block", "an IP address, a block such as 10.0.0.0/8, or unix", parse: AddressText.range)
  }
}

extension ValueType where Value == EndpointAddress {
  static var resolverServer: ValueType {
    .word("address", "an IP address such as 127.0.0.1 or 127.0.0.1:53", parse: AddressText.server)
  }
}

extension ClosedRange where Bound == TimeSpan {
  /// Long-lived streams are meant to be silent at times.
  static var stream: ClosedRange { .milliseconds(1) ... .seconds(7 * 24 * 3600) }
}
