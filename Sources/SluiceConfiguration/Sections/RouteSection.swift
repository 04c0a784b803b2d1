internal import SluiceCore

extension Section where Target == RouteDraft {
  static var route: Section {
    Section(
      "routes[]",
      "One rule: what a request must have, and what becomes of it. It needs exactly one of `upstream`, `redirect` and "
        + "`respond`.", defaults: RouteDraft(), keys: conditions + actions + changes)
  }

  private static var conditions: [Key<RouteDraft>] {
    [
      Key(
        "name", \.name, .text("a name", example: "checkout"), absent: "made of host and path, `api.example.com/v1`",
        "The route's name in logs and records."),
      Key(
        "host", \.host, .hostPattern, default: "any",
        "The request's host without its port: `api.example.com`, or `*.example.com` for one or more labels in front."),
      Key(
        "path", \.path, .pathPrefix,
        "A prefix of whole segments: `/v1` matches `/v1` and `/v1/x`, not `/v1beta`."),
      Key(
        "methods", \.methods, .list(of: .method, limit: 64, isEmptyAllowed: false), default: "all",
        "The request's method is one of these."),
      Key(
        "headers", \.headers,
        .mapping(of: .located(.matchedValue), keyed: "header", limit: 32, check: FieldText.name), default: "none",
        "Headers that a request must have, each with its exact value or `'*'` for any."),
      Key(
        "query", \.query,
        .mapping(of: .located(.matchedValue), keyed: "parameter", limit: 32, check: { name throws(Mistake) in name }),
        default: "none", "Query parameters that a request must have, each with its exact value or `'*'` for any."),
    ]
  }

  private static var actions: [Key<RouteDraft>] {
    [
      Key(
        "upstream", \.upstream, .text("the name of an upstream", example: "api"), absent: "",
        "Forward to this upstream."),
      Key(
        "redirect", \.redirect, .section(.redirect, short: .redirectLocation), absent: "",
        "Answer with a redirect; the short form is its `location`."),
      Key("respond", \.respond, .section(.respond), absent: "", "Answer with a fixed response."),
    ]
  }

  private static var changes: [Key<RouteDraft>] {
    [
      Key("stripPrefix", \.stripPrefix, .boolean, "Remove `path` from the path that goes upstream."),
      Key(
        "upstreamHost", \.upstreamHost, .hostRewrite, default: "keep",
        "The `Host` header that goes upstream: `keep` the client's, `upstream` for the endpoint's own, or this value."),
      Key("requestHeaders", \.requestHeaders, .section(.requestHeaders), "Changes to the headers that go upstream."),
      Key(
        "responseHeaders", \.responseHeaders, .section(.responseHeaders),
        "Changes to the headers that go to the client."),
      Key("timeouts", \.timeouts, .section(.routeTimeouts), "What differs from the upstream's timeouts."),
      Key("retry", \.retry, .section(.routeRetry), "What differs from the upstream's `retry`."),
      Key(
        "rateLimit", \.rateLimits, .rateLimits, default: "none",
        "How many requests a client, or whoever a header, cookie or host stands for, may send."),
      Key("requestBody", \.requestBody, .sizeOrUnlimited, "Bytes of a request's body. More is answered 413."),
      Key(
        "allowAmbiguousPath", \.allowAmbiguousPath, .boolean,
        "Let `%2F`, `%5C` and `\\` in a path pass. Otherwise they are answered 400, because two servers may read them "
          + "differently."),
    ]
  }
}

extension Section where Target == Redirect {
  static var redirect: Section {
    Section(
      "routes[].redirect", "A redirect.", defaults: Redirect(status: 308, location: ""),
      keys: [
        Key("status", \.status, .redirectStatus, "301, 302, 303, 307 or 308; the last two keep the method."),
        Key(
          required: "location", \.optionalLocation, .location,
          "A URL or path. `${host}`, `${path}` and `${query}` stand for the request's; `?${query}` is left out where there is no query."
        ),
      ])
  }
}

extension Redirect {
  /// A required key's path is optional; this location is empty until it was read.
  fileprivate var optionalLocation: String? {
    get { location.isEmpty ? nil : location }
    set { location = newValue ?? "" }
  }
}

extension Section where Target == FixedResponse {
  static var respond: Section {
    Section(
      "routes[].respond", "A fixed response.",
      defaults: FixedResponse(status: 200, contentType: "text/plain; charset=utf-8", body: ""),
      keys: [
        Key("status", \.status, .responseStatus, "A final status, 200...599."),
        Key("contentType", \.contentType, .fieldValue, "The `Content-Type`."),
        Key("body", \.body, .block, "The body."),
      ])
  }
}

extension Section where Target == FieldEditsDraft {
  static var requestHeaders: Section { fieldEdits("routes[].requestHeaders", "Changes to a request's headers.") }
  static var responseHeaders: Section { fieldEdits("routes[].responseHeaders", "Changes to a response's headers.") }

  private static func fieldEdits(_ path: String, _ doc: String) -> Section {
    Section(
      path, "\(doc) First `remove`, then `set`.", defaults: FieldEditsDraft(),
      keys: [
        Key(
          "set", \.set,
          .mapping(of: .located(.fieldValue), keyed: "header", limit: 64, check: FieldText.editableName),
          "Headers with their new values; those of the same name are replaced."),
        Key("remove", \.remove, .list(of: .editableFieldName, limit: 64), "Headers to remove."),
      ])
  }
}

extension Section where Target == TimeoutOverrides {
  static var routeTimeouts: Section {
    Section(
      "routes[].timeouts", "What differs from the upstream's timeouts.", defaults: TimeoutOverrides(),
      keys: [
        Key("responseHead", \.responseHead, .duration(), absent: inherited, doc("responseHead")),
        Key("request", \.request, .duration(), absent: inherited, doc("request")),
        Key("bodyIdle", \.bodyIdle, .duration(), absent: inherited, doc("bodyIdle")),
        Key("streamIdle", \.streamIdle, .duration(.stream), absent: inherited, doc("streamIdle")),
        Key("queue", \.queue, .duration(), absent: inherited, doc("queue")),
      ])
  }

  /// The upstream's key says what it is.
  private static func doc(_ name: String) -> String {
    Section<UpstreamTimeouts>.upstreamTimeouts.description.keys.first { $0.name == name }?.doc ?? ""
  }

  private static var inherited: String { "the upstream's" }
}
