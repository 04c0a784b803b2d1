internal import SluiceCore

/// The file after each value was read on its own, before references and relations were checked.
struct ConfigurationDraft {
  var name: String?
  var listeners: [Located<ListenerDraft>]?
  var routes: [Located<RouteDraft>]?
  var upstreams: [Named<Located<UpstreamDraft>>]?
  var trusted = Located(value: TrustedDraft())
  var resolver = Located(value: ResolverConfiguration())
  var drain = Located(value: DrainConfiguration())
  var accessLog: Located<AccessLogDraft>?
  var incidents = Located(value: IncidentsConfiguration())
  var alerts: [Located<AlertDraft>] = []
  var errorPages = Located(value: ErrorPagesConfiguration())
  var workers: Int?
  var receiveBuffer = 256 << 10
  var secretHeaders: [String] = []
  var admin: Located<AdminDraft>?
  var tracing: Located<TracingDraft>?
}

struct TrustedDraft {
  var detail: [AddressRange]?
  var proxies: [AddressRange] = []
}

struct ListenerDraft {
  var address: ListenAddress?
  var timeouts = Located(value: ListenerTimeouts())
  var limits = Located(value: ListenerLimits())
  var tls: Located<ListenerTLSDraft>?
  var proxyProtocol = ProxyProtocolMode.off
  var redirect: UInt16?
}

struct RouteDraft {
  var name: String?
  var host = HostPattern.any
  var path = "/"
  var methods: [String] = []
  var headers: [Named<Located<String>>] = []
  var query: [Named<Located<String>>] = []
  var upstream: String?
  var redirect: Located<Redirect>?
  var respond: Located<FixedResponse>?
  var stripPrefix = false
  var requestHeaders = Located(value: FieldEditsDraft())
  var responseHeaders = Located(value: FieldEditsDraft())
  var upstreamHost = HostRewrite.keep
  var timeouts = Located(value: TimeoutOverrides())
  var retry = Located(value: RetryPolicy())
  var requestBody = UInt64.max
  var allowAmbiguousPath = false
  var rateLimits: [Located<RateLimitDraft>] = []
}

struct FieldEditsDraft {
  var remove: [String] = []
  var set: [Named<Located<String>>] = []
}

struct UpstreamDraft {
  var endpoints: [Located<EndpointDraft>]?
  var balance = BalancePolicy.leastRequest
  var hashOn: BalancePolicy.HashKey?
  var protocolChoice = UpstreamProtocol.auto
  var sticky: Located<StickyDraft>?
  var timeouts = Located(value: UpstreamTimeouts())
  var retry = Located(value: RetryPolicy())
  var limits = Located(value: UpstreamLimits())
  var adaptive: Located<AdaptiveDraft>?
  var log: LogSource?
  var health: Located<HealthDraft>?
  var ejection = Located(value: EjectionPolicy())
  var usesPanic = true
  var slowStart = HealthPolicy().slowStart
  var tls = Located(value: UpstreamTLSConfiguration())
  var proxyProtocol: ProxyHeaderVersion?
}

struct EndpointDraft {
  var url: EndpointURL?
  var weight = 1
  var backup = false
  var priority = 0
  var drain = false
}

struct EndpointURL {
  var text: String
  var target: EndpointTarget
  var usesTLS = false
}

struct StickyDraft {
  var cookie: String?
}

struct AccessLogDraft {
  var path: AccessLogConfiguration.Destination?
  var query = AccessLogConfiguration.Query.names
}
