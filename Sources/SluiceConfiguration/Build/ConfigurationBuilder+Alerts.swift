extension ConfigurationBuilder {
  mutating func buildAlerts(_ drafts: [Located<AlertDraft>]) -> [AlertConfiguration] {
    var lines: [WebhookURL: Int] = [:]
    return drafts.compactMap { draft in
      guard let url = draft.value.url else { return nil }
      let place = draft.keys["url"] ?? draft.position
      if let line = lines[url] {
        error("this webhook is listed already, line \(line); say what it is told of in one entry", at: place)
      }
      lines[url] = place.line
      if url.isExposed {
        warning("alerts to '\(url.place)' travel unencrypted, their URL and 'headers' too; use https", at: place)
      }
      return AlertConfiguration(
        url: url, format: draft.value.format, persistsAfter: draft.value.persistsAfter,
        events: Set(draft.value.events),
        headers: draft.value.headers.map { AlertConfiguration.Header(name: $0.name, value: $0.value) })
    }
  }
}
