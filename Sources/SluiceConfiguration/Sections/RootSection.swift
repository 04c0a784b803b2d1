internal import SluiceCore

extension Section where Target == ConfigurationDraft {
  /// The whole file.
  static var root: Section {
    Section(
      "", "The whole file: a mapping with these keys.", defaults: ConfigurationDraft(),
      keys: [
        Key(
          "name", \.name, .installationName, absent: "`sluice-` and 8 hex digits, kept in the state folder",
          "The installation's name: its mark in `Via` and in `Proxy-Status`."),
        Key(
          required: "listeners", \.listeners,
          .list(of: .section(.listener), limit: ConfigurationBounds.listeners, isEmptyAllowed: false),
          "The addresses that clients connect to."),
        Key(
          "routes", \.routes, .list(of: .section(.route), limit: ConfigurationBounds.routes, isEmptyAllowed: false),
          absent: "every request goes to the upstream, where there is only one",
          "Which request goes where. The most specific one wins: an exact host, then the longest wildcard host, then "
            + "any host; then the longest path; then the most conditions (`methods` counts as one); then the order of "
            + "the file."),
        Key(
          "upstreams", \.upstreams,
          .mapping(
            of: .section(.upstream), keyed: "name", limit: ConfigurationBounds.upstreams,
            isEmptyAllowed: false, check: FieldText.upstreamName),
          absent: "none", "The named groups of endpoints that requests are forwarded to."),
        Key("trusted", \.trusted, .section(.trusted), "Who may see internal detail, and whose word is believed."),
        Key("resolver", \.resolver, .section(.resolver), "How the names of endpoints are resolved."),
        Key("drain", \.drain, .section(.drain), "What happens between SIGTERM and the end of the process."),
        Key(
          "accessLog", \.accessLog, .section(.accessLog), absent: "off",
          "One JSON line for each exchange. Failed exchanges are told on standard error without it too."),
        Key("incidents", \.incidents, .section(.incidents), "Where failed exchanges are kept, and how many."),
        Key(
          "alerts", \.alerts, .list(of: .section(.alert), limit: ConfigurationBounds.alerts), default: "none",
          "Webhooks that are told when a problem starts, goes on and ends."),
        Key("errorPages", \.errorPages, .section(.errorPages), "What the gateway's own error responses say."),
        Key(
          "workers", \.workers, .integer(1...ConfigurationBounds.workers, example: 2), absent: "one for each core",
          "Event loops, each on a thread of its own."),
        Key(
          "receiveBuffer", \.receiveBuffer, .size((4 << 10)...(64 << 20)),
          "Bytes of the kernel's receive buffer on each socket, to clients and to endpoints."),
        Key(
          "secretHeaders", \.secretHeaders, .list(of: .fieldName, limit: 128),
          "More headers whose values are never stored or logged. `Authorization`, `Cookie`, `Set-Cookie` and "
            + "`Proxy-Authorization` always are."),
        Key(
          "admin", \.admin, .section(.admin), absent: "off",
          "An address of its own at which the gateway is asked and told things. It is served only where this is given."),
        Key(
          "tracing", \.tracing, .section(.tracing), absent: "off",
          "Take part in traces (W3C Trace Context) and export spans to a collector of OpenTelemetry."),
      ])
  }
}

extension Section where Target == TrustedDraft {
  static var trusted: Section {
    Section(
      "trusted", "Addresses, blocks of addresses in CIDR form, and `unix` for clients on Unix sockets.",
      defaults: TrustedDraft(),
      keys: [
        Key(
          "detail", \.detail, .list(of: .addressRange, limit: 1024), absent: "127.0.0.0/8, ::1",
          "Clients that are told addresses and other internal detail of a failure. Others get the cause and the "
            + "incident's ID only."),
        Key(
          "proxies", \.proxies, .list(of: .addressRange, limit: 1024),
          "Proxies in front of this gateway: their `Forwarded`, `X-Forwarded-*` and `X-Request-Id` are believed. "
            + "Those of others are replaced."),
      ])
  }
}

extension Section where Target == ResolverConfiguration {
  static var resolver: Section {
    Section(
      "resolver", "DNS.", defaults: ResolverConfiguration(),
      keys: [
        Key(
          "servers", \.servers, .list(of: .resolverServer, limit: 8), default: "the system's",
          "DNS servers as `address` or `address:port` (default port 53), asked in this order."),
        Key(
          "timeout", \.timeout, .duration(.milliseconds(10) ... .seconds(60)), "One lookup, all servers together."),
      ])
  }
}

extension Section where Target == DrainConfiguration {
  static var drain: Section {
    Section(
      "drain", "The end of the process, without a lost request.", defaults: DrainConfiguration(),
      keys: [
        Key(
          "delay", \.delay, .duration(.zero ... .seconds(3600)),
          "How long the gateway goes on accepting connections after SIGTERM, so that a balancer in front notices."),
        Key(
          "deadline", \.deadline, .duration(.zero ... .seconds(24 * 3600)),
          "How long exchanges may then take to finish. What is left is aborted. A client that asks nothing meanwhile "
            + "is left after 5 s, or at the deadline where a new process has taken over."),
      ])
  }
}

extension Section where Target == AccessLogDraft {
  static var accessLog: Section {
    Section(
      "accessLog", "The access log.", defaults: AccessLogDraft(),
      keys: [
        Key(
          required: "path", \.path, .logDestination,
          "The file to append to, opened again at SIGHUP; `-` is standard output."),
        Key(
          "query", \.query, .choice(["names": .names, "full": .full]),
          "What is written of a query string: the parameters' `names` without their values, or all of it."),
      ])
  }
}

extension Section where Target == IncidentsConfiguration {
  static var incidents: Section {
    Section(
      "incidents", "Where failed exchanges are kept. The oldest go first.", defaults: IncidentsConfiguration(),
      keys: [
        Key(
          "store", \.store, .incidentStore, default: "`incidents.sqlite` in the user's state folder",
          "The file that `sluice why` reads, or `off`. What is not kept is still told on standard error."),
        Key(
          "count", \.count, .integer(100...ConfigurationBounds.incidents, example: 100_000),
          "Incidents that are kept."),
        Key("size", \.size, .size((16 << 20)...(64 << 30)), "Bytes of the file."),
        Key(
          "age", \.age, .duration(.seconds(60) ... .seconds(3650 * 24 * 3600)), "Incidents older than this go."),
        Key(
          "look", \.looks, .onOff,
          "Look at an endpoint when a problem with it begins, at most once a minute: process, connection, TLS, one GET, "
            + "log and resources. What was seen becomes evidence of its incidents."),
      ])
  }
}

extension Section where Target == ErrorPagesConfiguration {
  static var errorPages: Section {
    Section(
      "errorPages", "The body of responses that the gateway itself makes.", defaults: ErrorPagesConfiguration(),
      keys: [
        Key(
          "contact", \.contact, .contact, absent: "none",
          "Where a person can turn to: a `mailto:` or `https:` URL."),
        Key(
          "guide", \.guide, .guide, absent: "none",
          "Where the folder that `sluice guide --export` writes is published, such as `https://example.com/guide`: error "
            + "responses link to its page of their status and cause."),
      ])
  }
}
