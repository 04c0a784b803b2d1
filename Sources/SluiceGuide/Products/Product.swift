/// Proxies whose answers and logs the guide knows. The value is the name of the page.
public enum Product: String, CaseIterable, Hashable, Sendable {
  case nginx
  case haproxy
  case envoy
  case apache
  case caddy
  case traefik
  case alb
  case cloudflare
  case pingora
  case ats = "traffic-server"
  case varnish

  public var title: String {
    switch self {
    case .nginx: "nginx"
    case .haproxy: "HAProxy"
    case .envoy: "Envoy"
    case .apache: "Apache httpd"
    case .caddy: "Caddy"
    case .traefik: "Traefik"
    case .alb: "AWS ALB"
    case .cloudflare: "Cloudflare"
    case .pingora: "Pingora"
    case .ats: "Apache Traffic Server"
    case .varnish: "Varnish"
    }
  }

  /// What one must know to read its logs.
  public var reading: String {
    switch self {
    case .nginx:
      "The reason stands in the error log: a message, and after `while` what nginx was doing, such as connecting to upstream. Both together give the cause. The access log has it only with `$upstream_addr`, `$upstream_status`, `$upstream_connect_time` and `$upstream_header_time`: lists with one element for each attempt, in which `-` is a phase that was not reached."
    case .haproxy:
      "The HTTP log has a termination state of four letters. The first tells who ended it (C client, S endpoint, P the proxy, R a resource, D down; small letters are timeouts: c client, s endpoint), the second in which phase (R request, Q queue, C connect, H response head, D data). `%[bc_err_name]` in the log format adds the reason of a failed connection. When a reused connection breaks, nothing is logged at all and the client's connection is closed."
    case .envoy:
      "`%RESPONSE_FLAGS%` is a short sign, `%RESPONSE_CODE_DETAILS%` names the reason, and `%UPSTREAM_TRANSPORT_FAILURE_REASON%` the system's or TLS's own words. All three must be in the log format. `via_upstream` in the details means that the application itself answered."
    case .apache:
      "The error log has a number for each message (AH and five digits), and before it the system's reason in brackets, such as (111)Connection refused. Some failures have a second line with AH00898 or AH01114 that says less."
    case .caddy:
      "Errors are JSON lines of the logger http.log.error with `msg`, `status` and `err_trace`; the texts are those of the Go library. What Go calls EOF is a connection that ended before an answer."
    case .traefik:
      "The reason of a 502 is logged at the level DEBUG, so that a usual log does not hold it. What Traefik does not count as a network error or timeout becomes a 500, certificates included. In the access log OriginStatus is Traefik's own answer, too: it does not prove that the application answered."
    case .alb:
      "The access log has `elb_status_code` and `target_status_code`; a `-` in the second means that the target gave no status. The three times (request, target, response) are -1 where the phase was not reached."
    case .cloudflare:
      "The codes 520 to 530 are Cloudflare's own words for what happened at the origin. The fields `cf-error-type` and `cf-error-origin` come only on pages that the edge made. A 502 or 504 page with Cloudflare's brand was caused by the origin, one without by Cloudflare itself."
    case .pingora:
      "The log says `Fail to proxy:` and a name of the error with its source (Upstream, Downstream, Internal). As it comes, every failure of the upstream side is answered 502."
    case .ats:
      "The logs have squid-like codes such as ERR_CONNECT_FAIL. A name that cannot be found, and an origin that is marked down, are answered 500."
    case .varnish:
      "`varnishlog` shows FetchError with the reason, and tells whether the connection was a reused one. Everything that fails towards the origin is a 503."
    }
  }

  /// Whether the page of a status tells of it: those that most people run.
  var isCommon: Bool {
    switch self {
    case .nginx, .haproxy, .envoy, .apache, .caddy, .traefik, .alb, .cloudflare: true
    case .pingora, .ats, .varnish: false
    }
  }
}
