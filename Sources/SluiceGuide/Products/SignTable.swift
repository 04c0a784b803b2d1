public import SluiceCore

/// All signs of all products.
public enum SignTable {
  public static let all: [ProductSign] =
    nginx + nginxResponses + haproxy + envoy + apache + caddy + traefik + alb + cloudflare + others

  public static func signs(of cause: Cause) -> [ProductSign] { all.filter { $0.causes.contains(cause) } }
  public static func signs(of product: Product) -> [ProductSign] { all.filter { $0.product == product } }
}
