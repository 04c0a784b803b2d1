internal import SluiceCore

extension ConfigurationBuilder {
  mutating func buildRoutes(
    _ draft: Located<ConfigurationDraft>, upstreams: [UpstreamConfiguration],
    named: [Named<Located<UpstreamDraft>>]
  ) -> [Route] {
    guard let routes = draft.value.routes else { return defaultRoutes(draft, upstreams: upstreams) }
    var result: [Route] = []
    var names = RouteNames()
    let indexes = Dictionary(upstreams.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var conditions: [RouteCondition: EarlierRoutes] = [:]
    var used: Set<UInt16> = []
    for located in routes {
      guard var route = buildRoute(located, upstreams: upstreams, indexes: indexes) else {
        continue
      }
      if case .upstream(let index) = route.action { used.insert(index) }
      nameRoute(&route, located, &names)
      checkReachable(route, located, &conditions)
      result.append(route)
    }
    for (index, upstream) in named.enumerated() where !used.contains(UInt16(clamping: index)) {
      // A route that could not be built may be the one that uses it.
      guard result.count == routes.count else { break }
      warning("no route uses upstream \(Quoting.quoted(upstream.name))", at: upstream.namePosition)
    }
    return result
  }

  /// Without routes, everything goes to the only upstream.
  private mutating func defaultRoutes(
    _ draft: Located<ConfigurationDraft>, upstreams: [UpstreamConfiguration]
  ) -> [Route] {
    // Keys that were given and could not be read have their own diagnostics.
    guard draft.value.upstreams != nil || !diagnostics.hasErrors else { return [] }
    switch upstreams.count {
    case 1: return [Route(name: "/", action: .upstream(0))]
    case 0: error("there are neither 'routes' nor 'upstreams': nothing would be answered", at: draft.position)
    default:
      error(
        "'routes' is missing: with more than one upstream it must be said which requests go where", at: draft.position)
    }
    return []
  }

  private mutating func buildRoute(
    _ located: Located<RouteDraft>, upstreams: [UpstreamConfiguration], indexes: [String: Int]
  ) -> Route? {
    let draft = located.value
    guard let action = buildAction(located, upstreams: upstreams, indexes: indexes) else { return nil }
    var route = Route(name: draft.name ?? "", host: draft.host, pathPrefix: draft.path, action: action)
    route.methods = draft.methods
    route.headers = draft.headers.map { FieldMatch(name: $0.name, value: anyOrExact($0.value.value)) }
    route.query = draft.query.map { QueryMatch(name: $0.name, value: anyOrExact($0.value.value)) }
    route.stripPrefix = draft.stripPrefix
    route.hostRewrite = draft.upstreamHost
    route.requestFields = buildEdits(draft.requestHeaders)
    route.responseFields = buildEdits(draft.responseHeaders)
    route.requestBody = draft.requestBody
    route.allowsAmbiguousPath = draft.allowAmbiguousPath
    route.rateLimits = buildRateLimits(draft.rateLimits)
    route.timeouts = draft.timeouts.value
    if case .upstream(let index) = action, upstreams.indices.contains(Int(index)) {
      let upstream = upstreams[Int(index)]
      checkOverrides(draft.timeouts, upstream: upstream)
      route.retry = buildRetry(draft.retry, upstream: upstream)
    } else {
      checkUnusedKeys(located)
    }
    if draft.stripPrefix, draft.path == "/", let place = located.keys["stripPrefix"] {
      warning("'stripPrefix' does nothing where 'path' is '/'", at: place)
    }
    if case .exact(let host) = draft.host, ["keep", "upstream"].contains(host), let place = located.keys["host"] {
      warning(
        "this matches requests for a host named '\(host)'; the Host that goes upstream is 'upstreamHost'", at: place)
    }
    return route
  }

  private func anyOrExact(_ value: String) -> String? { value == "*" ? nil : value }

  private mutating func buildAction(
    _ located: Located<RouteDraft>, upstreams: [UpstreamConfiguration], indexes: [String: Int]
  ) -> RouteAction? {
    let given = ["upstream", "redirect", "respond"].compactMap { name in located.keys[name].map { (name, $0) } }
      .sorted { $0.1 < $1.1 }
    guard let first = given.first else {
      // One that was given and could not be read is told elsewhere.
      if located.given.isDisjoint(with: ["upstream", "redirect", "respond"]) {
        error("this route needs one of 'upstream', 'redirect' and 'respond'", at: located.position)
      }
      return nil
    }
    for extra in given.dropFirst() {
      error("a route has only one of 'upstream', 'redirect' and 'respond'; '\(first.0)' is given already", at: extra.1)
    }
    if let redirect = located.value.redirect, first.0 == "redirect" { return .redirect(redirect.value) }
    if let response = located.value.respond, first.0 == "respond" { return .respond(checked(response)) }
    guard let name = located.value.upstream, first.0 == "upstream" else { return nil }
    if let index = indexes[name] { return .upstream(UInt16(clamping: index)) }
    error(
      "there is no upstream \(Quoting.quoted(name))", at: first.1,
      suggestion: Spelling.nearest(to: name, in: upstreams.map(\.name)))
    return nil
  }

  /// RFC 9110 6.4.1: these have no content.
  private mutating func checked(_ response: Located<FixedResponse>) -> FixedResponse {
    let status = response.value.status
    if [204, 205, 304].contains(status), !response.value.body.isEmpty, let place = response.keys["body"] {
      error("a response with status \(status) has no body", at: place)
    }
    return response.value
  }

  private func buildEdits(_ draft: Located<FieldEditsDraft>) -> FieldEdits {
    FieldEdits(
      remove: draft.value.remove, set: draft.value.set.map { FieldEdits.Field(name: $0.name, value: $0.value.value) })
  }

  /// What the route does not say is the upstream's.
  private func buildRetry(_ draft: Located<RetryPolicy>, upstream: UpstreamConfiguration) -> RetryPolicy? {
    guard !draft.keys.isEmpty else { return nil }
    var retry = upstream.retry
    if draft.keys["attempts"] != nil { retry.attempts = draft.value.attempts }
    if draft.keys["budget"] != nil { retry.budget = draft.value.budget }
    if draft.keys["bodyLimit"] != nil { retry.bodyLimit = draft.value.bodyLimit }
    if draft.keys["idempotencyKeys"] != nil { retry.idempotencyKeys = draft.value.idempotencyKeys }
    return retry
  }

  private mutating func checkOverrides(_ draft: Located<TimeoutOverrides>, upstream: UpstreamConfiguration) {
    guard let queue = draft.value.queue, let place = draft.keys["queue"] else { return }
    let request = draft.value.request ?? upstream.timeouts.request
    if queue >= request {
      error(
        "'queue' (\(Quantity.show(queue))) must be less than 'request' (\(Quantity.show(request))), which counts the "
          + "waiting too", at: place)
    }
  }

  private mutating func checkUnusedKeys(_ located: Located<RouteDraft>) {
    let forwardingOnly = ["stripPrefix", "upstreamHost", "requestHeaders", "timeouts", "retry"]
    for name in forwardingOnly {
      if let place = located.keys[name] {
        warning("'\(name)' does nothing in a route that has no 'upstream'", at: place)
      }
    }
  }

  /// Of routes with the same host, path, headers and query, the first in the file is asked first; one with methods
  /// before one without.
  private mutating func checkReachable(
    _ route: Route, _ located: Located<RouteDraft>, _ conditions: inout [RouteCondition: EarlierRoutes]
  ) {
    // A condition with a mistake stands at its default here, which says nothing.
    guard
      ["host", "path", "methods", "headers", "query"].allSatisfy({
        !located.given.contains($0) || located.keys[$0] != nil
      })
    else { return }
    let condition = RouteCondition(route)
    if let line = conditions[condition, default: EarlierRoutes()].line(taking: route.methods) {
      warning(
        "this route never matches: the one on line \(line) comes first and takes all of its requests",
        at: located.position)
    } else {
      conditions[condition, default: EarlierRoutes()].add(route.methods, line: located.position.line)
    }
  }

  // MARK: Names

  private mutating func nameRoute(_ route: inout Route, _ located: Located<RouteDraft>, _ names: inout RouteNames) {
    if located.value.name != nil {
      if let other = names.lines[route.name], let place = located.keys["name"] {
        error("a route is named \(Quoting.quoted(route.name)) already, line \(other)", at: place)
      }
    } else {
      route.name = names.made(of: route.host.text + route.pathPrefix)
    }
    names.lines[route.name] = located.position.line
  }
}

/// The names that routes have, so that each can be told from the others in a record.
private struct RouteNames {
  var lines: [String: Int] = [:]
  /// How often a name was made of the same conditions.
  private var uses: [String: Int] = [:]

  /// `api.example.com/v1`, for the second such route `api.example.com/v1#2`.
  mutating func made(of base: String) -> String {
    var name = base
    repeat {
      uses[base, default: 0] += 1
      if let count = uses[base], count > 1 { name = "\(base)#\(count)" }
    } while lines[name] != nil
    return name
  }
}

/// What a route asks of a request, but for the method.
private struct RouteCondition: Hashable {
  var host: HostPattern
  var path: String
  var headers: Set<FieldMatch>
  var query: Set<QueryMatch>

  init(_ route: Route) {
    host = route.host
    path = route.pathPrefix
    headers = Set(route.headers)
    query = Set(route.query)
  }
}

/// The routes of one condition so far.
private struct EarlierRoutes {
  /// Of the first route that takes the method.
  private var lines: [String: Int] = [:]
  /// Of the first route without methods.
  private var anyMethod: Int?

  /// The line of a route that leaves nothing for one with these methods.
  func line(taking methods: [String]) -> Int? {
    if methods.isEmpty { return anyMethod }
    let taken = methods.compactMap { lines[$0] }
    return taken.count == methods.count ? taken.max() : nil
  }

  mutating func add(_ methods: [String], line: Int) {
    if methods.isEmpty { anyMethod = anyMethod ?? line }
    for method in methods where lines[method] == nil { lines[method] = line }
  }
}

extension HostPattern {
  fileprivate var text: String {
    switch self {
    case .any: ""
    case .exact(let host): host
    case .wildcard(let suffix): "*\(suffix)"
    }
  }
}
