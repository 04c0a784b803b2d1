internal import SluiceCore

/// Resolves what values say of each other, and makes the configuration where nothing is wrong.
///
/// Every check runs on a draft whose wrong values were replaced by their defaults. A check that would speak of such a
/// default asks `Located.keys` first: it holds only the keys that were given and read.
struct ConfigurationBuilder {
  var diagnostics: DiagnosticList

  mutating func error(_ what: String, at position: Position, suggestion: @autoclosure () -> String? = nil) {
    diagnostics.add(.error, what, at: position, suggestion: suggestion())
  }

  mutating func warning(_ what: String, at position: Position, suggestion: @autoclosure () -> String? = nil) {
    diagnostics.add(.warning, what, at: position, suggestion: suggestion())
  }

  mutating func build(_ draft: Located<ConfigurationDraft>) -> LoadResult {
    let listeners = buildListeners(draft.value.listeners ?? [], trusted: draft.value.trusted.value)
    let named = draft.value.upstreams ?? []
    let upstreams = named.map { buildUpstream($0) }
    let routes = buildRoutes(draft, upstreams: upstreams, named: named)
    let secretFields = Self.alwaysSecret + draft.value.secretHeaders.filter { !Self.alwaysSecret.contains($0) }
    let accessLog = draft.value.accessLog.flatMap { buildAccessLog($0) }
    let alerts = buildAlerts(draft.value.alerts)
    let admin = draft.value.admin.flatMap { buildAdmin($0, listeners: listeners) }
    let tracing = draft.value.tracing.flatMap { buildTracing($0, secretHeaders: secretFields) }

    guard !diagnostics.hasErrors else { return result(nil) }
    let configuration = Configuration(
      name: draft.value.name, listeners: listeners, routes: routes, upstreams: upstreams,
      trusted: Self.buildTrusted(draft.value.trusted.value), resolver: draft.value.resolver.value,
      drain: draft.value.drain.value,
      accessLog: accessLog, incidents: draft.value.incidents.value, alerts: alerts,
      errorPages: draft.value.errorPages.value, workers: draft.value.workers,
      receiveBuffer: draft.value.receiveBuffer, secretFields: secretFields, admin: admin, tracing: tracing)
    return result(configuration)
  }

  private func result(_ configuration: Configuration?) -> LoadResult {
    LoadResult(configuration: configuration, diagnostics: diagnostics.sorted, list: diagnostics)
  }

  /// Fields whose values are credentials wherever they occur.
  static let alwaysSecret = ["authorization", "cookie", "set-cookie", "proxy-authorization"]

  private static func buildTrusted(_ draft: TrustedDraft) -> TrustedConfiguration {
    let loopback = ["127.0.0.0/8", "::1"].compactMap { try? AddressRange($0) }
    return TrustedConfiguration(
      detail: AddressSet(draft.detail ?? loopback), proxies: AddressSet(draft.proxies))
  }

  private func buildAccessLog(_ draft: Located<AccessLogDraft>) -> AccessLogConfiguration? {
    draft.value.path.map { AccessLogConfiguration(destination: $0, query: draft.value.query) }
  }
}
