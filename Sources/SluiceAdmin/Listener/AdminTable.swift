#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import SluiceConfiguration

/// Which request is answered how, and which is not answered at all.
///
/// # Why this way
/// The address is often open to whoever is on the machine, and a browser is on many machines. A page from elsewhere can
/// have its own name lead to 127.0.0.1 and then read what is there (DNS rebinding), so a Host that is neither the
/// address nor a name of this machine is refused. It can also post a form, but not JSON without asking first, and that
/// question (OPTIONS) is never granted. Where there is a token, which no page has, any Host will do; over TLS, too,
/// since a browser asks nothing of a name that the certificate does not have. What is open to all tells nothing, and a
/// balancer may ask for it in HTTP/1.0, without any.
struct AdminTable: Sendable {
  let routes: [AdminRoute]

  /// - Parameter pulse: whose events are told; nil: one that nobody starts.
  init(_ source: AdminSource, _ pulse: AdminPulse? = nil) {
    let pulse = pulse ?? AdminPulse(source)
    let routes =
      HealthRoutes.routes(source) + StatusRoutes.routes(source) + ProblemRoutes.routes(source)
      + IncidentRoutes.routes(source) + DeployRoutes.routes(source) + MetricsRoutes.routes(source)
      + EndpointRoutes.routes(source) + ExamineRoutes.routes(source) + TrafficRoutes.routes(source, pulse)
      + EventRoutes.routes(source, pulse) + GuideRoutes.routes(source, pulse)
    self.routes = routes + OpenAPIRoutes.routes(of: routes) + DashboardRoutes.routes(source, pulse)
  }

  func answer(_ request: AdminRequest, _ configuration: AdminConfiguration) async -> AdminAnswer {
    let found = decide(request, configuration)
    guard case .route(let route, let path) = found else { return found.refusal ?? Self.nothing }
    if request.isBodyTooLarge {
      return .problem(413, "Content too large", "A body takes \(AdminRequest.bodyMax) bytes at most.")
    }
    if request.method == "POST", !Self.isJSON(request.contentType) {
      return .problem(415, "Unsupported media type", "Send JSON, with 'Content-Type: application/json'.")
    }
    var request = request
    request.values = AdminValues(path: path)
    request.isGuarded = configuration.token != nil
    if let parameters = route.parameters {
      do {
        try request.values.add(query: request.query, parameters)
      } catch {
        return .problem(error.status, error.status == 400 ? "Bad request" : "Unprocessable content", error.detail)
      }
    }
    return await route.answer(request)
  }

  /// What is refused whatever the body says: it is not waited for.
  func refusal(of request: AdminRequest, _ configuration: AdminConfiguration) -> AdminAnswer? {
    decide(request, configuration).refusal
  }

  /// What becomes of a request by its head.
  private enum Decision {
    case route(AdminRoute, path: [String: String])
    case refused(AdminAnswer)

    var refusal: AdminAnswer? { if case .refused(let answer) = self { answer } else { nil } }
  }

  private static let nothing = AdminAnswer.problem(404, "Not found", "There is nothing at this path.")

  private func decide(_ request: AdminRequest, _ configuration: AdminConfiguration) -> Decision {
    let matches = routes.compactMap { route in route.path.match(request.path).map { (route, $0) } }
    let exact = matches.map(\.0.path.literalCount).max()
    let here = matches.filter { $0.0.path.literalCount == exact }
    let method = request.method == "HEAD" ? "GET" : request.method
    let found = here.first { $0.0.method == method }
    if found?.0.isOpen != true, let refusal = Self.refusal(of: request.host, configuration) {
      return .refused(refusal)
    }
    guard !here.isEmpty else { return .refused(Self.nothing) }
    guard let (route, path) = found else {
      let methods = here.flatMap { $0.0.method == "GET" ? ["GET", "HEAD"] : [$0.0.method] }.joined(separator: ", ")
      return .refused(
        .problem(405, "Method not allowed", "This path takes \(methods).", [.init(name: "Allow", value: methods)]))
    }
    return Self.refusal(of: request, to: route, method, configuration).map { .refused($0) }
      ?? .route(route, path: path)
  }

  private static func refusal(
    of request: AdminRequest, to route: AdminRoute, _ method: String, _ configuration: AdminConfiguration
  ) -> AdminAnswer? {
    if !route.isOpen, let token = configuration.token, !grants(request.authorization, token) {
      return .problem(
        401, "Unauthorized",
        "Send the token of the configuration as 'Authorization: Bearer TOKEN', or as the password of any user.",
        [.init(name: "WWW-Authenticate", value: "Bearer realm=\"sluice\", Basic realm=\"sluice\", charset=\"UTF-8\"")])
    }
    return method == "POST" ? crossing(request) : nil
  }

  /// What a browser says of the page that sends a change: one of another origin may not, whatever it knows. No page can
  /// set either field.
  private static func crossing(_ request: AdminRequest) -> AdminAnswer? {
    let refusal = AdminAnswer.problem(403, "Forbidden", "A page of another origin may change nothing here.")
    // It is the surer one: something in front may have changed the Host.
    if let site = request.fetchSite?.lowercased() { return site == "same-origin" || site == "none" ? nil : refusal }
    guard let origin = request.origin?.lowercased() else { return nil }
    let parts = origin.split(separator: "/", omittingEmptySubsequences: true)
    return parts.count == 2 && String(parts[1]) == request.host?.lowercased() ? nil : refusal
  }

  private static func refusal(of host: String?, _ configuration: AdminConfiguration) -> AdminAnswer? {
    guard let host, !host.isEmpty else { return .problem(400, "Bad request", "The request has no Host.") }
    guard configuration.token == nil, configuration.tls == nil else { return nil }
    let name = self.host(in: host)
    if name == configuration.host || AdminConfiguration.isLoopback(name) { return nil }
    return .problem(
      421, "Misdirected request", "The Host is neither the admin address nor a name of this machine; use localhost.")
  }

  /// The host of `host`, `host:port` or `[v6]:port`, in lower case and without brackets.
  private static func host(in text: String) -> String {
    let lower = text.lowercased()
    if lower.hasPrefix("[") { return String(lower.dropFirst().prefix { $0 != "]" }) }
    return String(lower.prefix { $0 != ":" })
  }

  /// Compared in a time that does not depend on where they differ.
  private static func grants(_ authorization: String?, _ token: Secret) -> Bool {
    guard let given = authorization.flatMap(password) else { return false }
    let wanted = Array(token.value.utf8)
    guard given.count == wanted.count else { return false }
    return zip(given, wanted).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// Of `Bearer TOKEN`, or of `Basic` with the token as the password: a browser asks its user for that and sends it
  /// with each request to this origin, streams of events included.
  private static func password(_ authorization: String) -> [UInt8]? {
    let parts = authorization.split(separator: " ", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    switch parts[0].lowercased() {
    case "bearer": return Array(parts[1].utf8)
    case "basic":
      guard let pair = Data(base64Encoded: String(parts[1])), let colon = pair.firstIndex(of: 0x3A) else { return nil }
      return Array(pair[pair.index(after: colon)...])
    default: return nil
    }
  }

  private static func isJSON(_ contentType: String?) -> Bool {
    let type = contentType?.prefix { $0 != ";" }.lowercased() ?? ""
    return type.split(separator: " ").joined() == "application/json"
  }
}
