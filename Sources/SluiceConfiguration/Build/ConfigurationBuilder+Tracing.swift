extension ConfigurationBuilder {
  mutating func buildTracing(_ draft: Located<TracingDraft>, secretHeaders: [String]) -> TracingConfiguration? {
    guard let url = draft.value.endpoint else { return nil }
    let place = draft.keys["endpoint"] ?? draft.position
    if url.isExposed {
      warning("spans for '\(url.place)' travel unencrypted, and 'headers' too; use https", at: place)
    }
    for name in ["traceparent", "tracestate"] where secretHeaders.contains(name) {
      error("'\(name)' is one of 'secretHeaders', and spans hold what it says; leave one of the two out", at: place)
    }
    return TracingConfiguration(
      endpoint: url, sample: draft.value.sample, failures: draft.value.failures, untrusted: draft.value.untrusted,
      service: draft.value.service,
      headers: draft.value.headers.map { AlertConfiguration.Header(name: $0.name, value: $0.value) })
  }
}
