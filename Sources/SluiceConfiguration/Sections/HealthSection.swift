internal import SluiceCore

extension Section where Target == HealthDraft {
  static var health: Section {
    Section(
      "upstreams.NAME.health",
      "Active checks of each endpoint. One that fails `fall` of them in a row gets no requests until it has passed "
        + "`rise`.", defaults: HealthDraft(),
      keys: [
        Key(
          "path", \.path, .checkPath, absent: "none; it is needed without `grpc` and `tcp`",
          "Asked for with GET over a connection of its own. A query may follow."),
        Key(
          "grpc", \.grpc, .grpcService, absent: "none",
          "The service that gRPC's health service is asked about; `''` is the program as a whole. It needs HTTP/2."),
        Key("tcp", \.tcp, .boolean, "Only connect, and ask for nothing."),
        Key(
          "host", \.host, .checkHost, absent: "the endpoint's own",
          "The `Host` header of a check."),
        Key(
          "statuses", \.statuses, .list(of: .statusRange, limit: 16, isEmptyAllowed: false),
          "Statuses that pass: numbers, and ranges such as `200-299`."),
        Key("interval", \.interval, .duration(.milliseconds(100) ... .seconds(3600)), "From one check to the next."),
        Key("timeout", \.timeout, .duration(), "For one check. It must be less than `interval`."),
        Key("rise", \.rise, .integer(1...100, example: 2), "Checks in a row that bring an endpoint back."),
        Key("fall", \.fall, .integer(1...100, example: 3), "Failed checks in a row that take an endpoint out."),
      ])
  }
}

extension ValueType where Value == StatusRange {
  static var statusRange: ValueType {
    let number = JSON.object(["type": .string("integer"), "minimum": .integer(200), "maximum": .integer(599)])
    return .parsed(
      "status or range", expected: "a status such as 200, or a range such as 200-299",
      schema: .object([
        "anyOf": .array([
          number,
          .object([
            "type": .string("string"),
            "pattern": .string(SchemaPattern.orVariable("[2-5][0-9][0-9](-[2-5][0-9][0-9])?")),
          ]),
        ])
      ]),
      show: {
        $0.value.lowerBound == $0.value.upperBound
          ? "\($0.value.lowerBound)" : "\($0.value.lowerBound)-\($0.value.upperBound)"
      },
      parse: { text throws(Mistake) in
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.utf8.allSatisfy(Characters.isDigit) ? UInt16($0) : nil }
        guard numbers.count == parts.count, 1...2 ~= numbers.count else { throw Mistake("") }
        guard numbers.allSatisfy({ 200...599 ~= $0 }) else { throw Mistake("it must be from 200 to 599") }
        guard numbers[0] <= numbers[numbers.count - 1] else { throw Mistake("its end is less than its beginning") }
        return StatusRange(value: numbers[0]...numbers[numbers.count - 1])
      })
  }
}

extension ValueType where Value == String {
  /// A path as it is sent, a query included.
  fileprivate static var checkPath: ValueType {
    .parsed(
      "path", expected: "a path such as /healthz",
      schema: .object(["type": .string("string"), "pattern": .string(SchemaPattern.orVariable("/[^#]*"))]),
      show: { $0 },
      parse: { text throws(Mistake) in
        guard text.hasPrefix("/") else { throw Mistake("a path begins with '/'", suggestion: "/\(text)") }
        guard text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }), !text.contains("#") else {
          throw Mistake("a path has no spaces, no fragment, and encodes what is not ASCII")
        }
        return text
      })
  }

  /// A service as gRPC names it: `package.Service`, at most 100 characters.
  fileprivate static var grpcService: ValueType {
    .parsed(
      "gRPC service", expected: "a service such as shop.Orders, or ''", schema: .object(["type": .string("string")]),
      show: { $0.isEmpty ? "''" : $0 },
      parse: { text throws(Mistake) in
        let isName = text.utf8.allSatisfy { byte in
          Characters.isAlphanumeric(byte) || byte == 0x2E || byte == 0x5F
        }
        guard isName, text.utf8.count <= 100 else { throw Mistake("") }
        return text
      })
  }

  /// A Host as it is sent: no line break gets into a head.
  fileprivate static var checkHost: ValueType {
    .parsed(
      "host", expected: "a host such as app.internal", schema: .object(["type": .string("string")]),
      parse: { text throws(Mistake) in
        guard !text.isEmpty, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }), !text.contains("/") else { throw Mistake("") }
        return text
      })
  }
}
