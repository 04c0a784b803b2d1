/// What wrote a log.
public enum LogProduct: String, CaseIterable, Codable, Sendable {
  case nginx
  case haproxy
  case envoy
  /// Apache httpd.
  case httpd
  case caddy
  case traefik
  /// AWS Application Load Balancer.
  case alb
  /// AWS Classic Load Balancer.
  case elb
  case sluice
  case cloudflare
  /// Apache Traffic Server.
  case ats
  case varnish
  case nghttpx
  case pingora
  case linkerd
  /// One that the user described in a file of formats, or that no line tells.
  case other

  /// As its makers write it.
  public var title: String {
    switch self {
    case .nginx: "nginx"
    case .haproxy: "HAProxy"
    case .envoy: "Envoy"
    case .httpd: "Apache httpd"
    case .caddy: "Caddy"
    case .traefik: "Traefik"
    case .alb: "AWS ALB"
    case .elb: "AWS ELB"
    case .sluice: "Sluice"
    case .cloudflare: "Cloudflare"
    case .ats: "Traffic Server"
    case .varnish: "Varnish"
    case .nghttpx: "nghttpx"
    case .pingora: "Pingora"
    case .linkerd: "Linkerd"
    case .other: "the proxy"
    }
  }
}
