internal import SluiceCore

extension Section where Target == RateLimitDraft {
  static var rateLimit: Section {
    Section(
      "routes[].rateLimit",
      "How many requests somebody may send; more are answered 429 with `Retry-After`. The short form is its `rate`, "
        + "and a list of several holds as a whole. Counted for the whole gateway, over reloads, for 65,536 different "
        + "clients or values at a time; beyond that, those who used the least of their limit are forgotten.",
      defaults: RateLimitDraft(),
      keys: [
        Key(required: "rate", \.rate, .rate, "Requests in a second, minute or hour: `100/s`, `30/m`, `500/h`."),
        Key(
          "burst", \.burst, .integer(1...1_000_000, example: 200), absent: "the number in `rate`",
          "Requests that may come at once after a pause."),
        Key(
          "by", \.key, .rateKey, default: "client",
          "Whose requests are counted together: those of a `client` (its address as `trusted.proxies` tell it; of IPv6 "
            + "the first 64 bits), of a value of `header:NAME` or `cookie:NAME`, or of a `host`. Requests without the "
            + "header or cookie are counted together, too."),
      ])
  }
}

extension ValueType where Value == RateLimitDraft {
  static var rateShort: ValueType {
    let rate = ValueType<Rate>.rate
    return ValueType(
      name: rate.name, expected: rate.expected, schema: rate.schema,
      read: { node, name, reader in rate.read(node, name, &reader).map { RateLimitDraft(rate: $0) } })
  }
}

extension ValueType where Value == [Located<RateLimitDraft>] {
  /// One limit, or a list of them.
  static var rateLimits: ValueType {
    let one = ValueType<Located<RateLimitDraft>>.section(.rateLimit, short: .rateShort)
    let list = ValueType.list(of: one, limit: ConfigurationBounds.rateLimits, isEmptyAllowed: false)
    return ValueType(
      name: "rate, mapping or list", expected: "\(one.expected), or a list of them",
      schema: .object(["anyOf": .array([one.schema, list.schema])]), sections: one.sections,
      read: { node, name, reader in
        if case .sequence = node.content { return list.read(node, name, &reader) }
        return one.read(node, name, &reader).map { [$0] }
      },
      show: { _ in "" })
  }
}

extension ValueType where Value == Rate {
  static var rate: ValueType {
    .parsed(
      "rate", expected: "a rate such as 100/s, 30/m or 500/h",
      schema: .object([
        "type": .string("string"), "pattern": .string(SchemaPattern.orVariable("[0-9]+/(s|m|h)")),
      ]),
      show: { "\($0.count)" }, parse: RateText.rate)
  }
}

extension ValueType where Value == RateLimit.Key {
  static var rateKey: ValueType {
    .parsed(
      "`client`, `host`, `header:NAME` or `cookie:NAME`", expected: "client, host, header:NAME or cookie:NAME",
      schema: .object([
        "type": .string("string"),
        "pattern": .string(SchemaPattern.orVariable("client|host|(header|cookie):.+")),
      ]), parse: RateText.key)
  }
}

extension ConfigurationBuilder {
  func buildRateLimits(_ drafts: [Located<RateLimitDraft>]) -> [RateLimit] {
    drafts.compactMap { draft in
      draft.value.rate.map { rate in
        RateLimit(count: rate.count, period: rate.period, burst: draft.value.burst ?? rate.count, key: draft.value.key)
      }
    }
  }
}
