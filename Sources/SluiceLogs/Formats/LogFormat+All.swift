extension LogFormat {
  /// Every format that is known, the narrower ones of a product before the wider ones.
  static let all: [LogFormat] =
    nginx + haproxy + httpd + plain + envoy + caddy + traefik + aws + sluice + others
}
