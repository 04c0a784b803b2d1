internal import SluiceCore

extension Section where Target == TracingDraft {
  static var tracing: Section {
    Section(
      "tracing",
      "Spans for OpenTelemetry; [Tracing](TRACING.md) says what they hold. Without this section `traceparent` and "
        + "`tracestate` pass as they came.", defaults: TracingDraft(),
      keys: [
        Key(
          required: "endpoint", \.endpoint, .collectorURL,
          "Where a collector takes OTLP over HTTP, with its path."),
        Key(
          "sample", \.sample, .percentage,
          "Share of the traces that begin here, and of those that come from clients outside of `trusted.proxies`. A "
            + "trusted proxy's decision is kept."),
        Key(
          "failures", \.failures, .onOff,
          "Export failed exchanges, and those that another attempt saved, whatever `sample` says. What went upstream "
            + "by then says that they are not sampled."),
        Key(
          "untrusted", \.untrusted, .choice(["continue": .goesOn, "restart": .restarts]),
          "The trace of a client outside of `trusted.proxies`: `continue` keeps its IDs, `restart` begins a new one."),
        Key("service", \.service, .serviceName, "The `service.name` of the spans."),
        Key(
          "headers", \.headers,
          .mapping(
            of: .secretFieldValue, keyed: "header", limit: ConfigurationBounds.tracingHeaders,
            check: TracingText.headerName),
          default: "none", "Sent with each export, such as a token in `Authorization`. Values are never shown."),
      ])
  }
}

extension ValueType where Value == WebhookURL {
  fileprivate static var collectorURL: ValueType {
    .parsed(
      "URL", expected: "a URL such as http://127.0.0.1:4318/v1/traces",
      schema: .object([
        "type": .string("string"), "pattern": .string(SchemaPattern.orVariable("https?://[^@#]+")),
      ]), parse: TracingText.endpoint)
  }
}

extension ValueType where Value == String {
  fileprivate static var serviceName: ValueType {
    .word("name", "a name such as edge", parse: TracingText.service)
  }
}
