internal import SluiceCore

extension Section where Target == AdaptiveDraft {
  static var adaptive: Section {
    Section(
      "upstreams.NAME.adaptive",
      "A limit on the requests in progress that follows how long answers take: where they take longer because the "
        + "application queues, fewer are sent to it at a time. `limits.requests` is the most that it allows. The short "
        + "form is `on`.", defaults: AdaptiveDraft(),
      keys: [
        Key(
          "floor", \.policy.floor, .integer(1...1_000_000, example: 4),
          "Requests in progress that are always allowed, also while the gateway measures how fast answers are without "
            + "a queue."),
        Key(
          "start", \.policy.start, .integer(1...1_000_000, example: 20),
          "Requests in progress that are allowed before anything was measured."),
        Key(
          "tolerance", \.policy.tolerance, .percentage,
          "How much longer than without a queue an answer may take before the limit falls."),
      ])
  }
}

extension ValueType where Value == AdaptiveDraft {
  static var adaptiveShort: ValueType {
    let word = ValueType<Bool>.choice(["on": true, "off": false])
    return ValueType(
      name: word.name, expected: word.expected, schema: word.schema,
      read: { node, name, reader in word.read(node, name, &reader).map { AdaptiveDraft(isOn: $0) } })
  }
}

extension ConfigurationBuilder {
  mutating func buildAdaptive(_ draft: Located<UpstreamDraft>) -> AdaptivePolicy? {
    guard let adaptive = draft.value.adaptive, adaptive.value.isOn else { return nil }
    var policy = adaptive.value.policy
    let limits = draft.value.limits
    if let place = adaptive.keys["floor"], policy.floor > limits.value.requests {
      let line = limits.keys["requests"].map { ", line \($0.line)" } ?? ""
      error(
        "'floor' (\(policy.floor)) is more than 'requests' in 'limits' (\(limits.value.requests)\(line)), the most that "
          + "may be in progress", at: place)
    }
    if let place = adaptive.keys["start"], let floor = adaptive.keys["floor"], policy.start < policy.floor {
      error("'start' (\(policy.start)) is less than 'floor' (\(policy.floor), line \(floor.line))", at: place)
    }
    policy.start = max(policy.start, policy.floor)
    return policy
  }
}
