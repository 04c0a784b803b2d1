internal import SluiceCore

extension Section where Target == AlertDraft {
  static var alert: Section {
    Section(
      "alerts[]", "One webhook. What is posted, and when, says [Alerts](ALERTS.md).", defaults: AlertDraft(),
      keys: [
        Key(
          required: "url", \.url, .webhookURL,
          "Where to post: `https://…`, or `http://…` for a receiver on this machine. It is never shown; take it from "
            + "the environment, `${NAME}`, to keep it out of the file."),
        Key(
          "format", \.format, .choice(["json": .json, "slack": .slack]),
          "`json` is a document for programs; `slack` is what incoming webhooks of Slack take."),
        Key(
          "persistsAfter", \.persistsAfter, .duration(.seconds(300) ... .seconds(7 * 24 * 3600)),
          "How long a problem goes on until it is told again. It is over after five quiet minutes, so less would tell "
            + "of each one twice."),
        Key(
          "events", \.events, .list(of: .alertEvent, limit: 3, isEmptyAllowed: false), default: "all",
          "What is told: that a problem `started`, that it `persists`, that it `ended`."),
        Key(
          "headers", \.headers,
          .mapping(
            of: .secretFieldValue, keyed: "header", limit: ConfigurationBounds.alertHeaders,
            check: WebhookText.headerName),
          default: "none", "Sent with each alert, such as a token in `Authorization`. Values are never shown."),
      ])
  }
}

extension ValueType where Value == WebhookURL {
  static var webhookURL: ValueType {
    .parsed(
      "URL", expected: "a URL such as https://hooks.example.com/…",
      schema: .object([
        "type": .string("string"), "pattern": .string(SchemaPattern.orVariable("https?://[^@#]+")),
      ]), parse: WebhookText.parse)
  }
}

extension ValueType where Value == Secret {
  static var secretFieldValue: ValueType {
    .parsed(
      "text", expected: "a header value", schema: .object(["type": .string("string")]),
      parse: { text throws(Mistake) in Secret(try FieldText.value(text)) })
  }
}

extension ValueType where Value == AlertConfiguration.Event {
  static var alertEvent: ValueType {
    .choice(["started": .started, "persists": .persists, "ended": .ended])
  }
}
