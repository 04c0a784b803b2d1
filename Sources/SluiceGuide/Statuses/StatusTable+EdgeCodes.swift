internal import SluiceCore

extension StatusTable {
  /// Those of nginx, the AWS load balancer and Cloudflare, which tell of a failure between two hops.
  static let edgeCodes: [StatusEntry] = [
    StatusEntry(
      0, "(no status)", "logs of curl, nginx, HAProxy, Envoy and AWS ALB", .laterIfIdempotent,
      registration: .unregistered,
      causes: [.staleKeepalive, .clientAborted, .connectRefused],
      meaning:
        "No status was sent or received at all. curl prints 000 where no response came; nginx logs 000 and Envoy 0 where the connection ended first; HAProxy is silent when a reused connection to the endpoint breaks. The ALB writes 000 when the fields of an HTTP/2 request are too large.",
      action: "Ask why the connection ended: `curl -v` says at which step."),
    StatusEntry(
      444, "No Response", "nginx", .never, registration: .unregistered,
      meaning:
        "nginx was told to close the connection without an answer (`return 444`), mostly against unwanted requests. It stands in nginx's log only: the client sees the connection end.",
      action: "Look for the `return 444` that matched."),
    StatusEntry(
      460, "Client Closed Request", "AWS ALB", .never, registration: .unregistered, causes: [.clientAborted],
      meaning:
        "The client closed its connection to the load balancer before the idle timeout was over. It stands in the access log only.",
      action: "Compare the client's own timeout with the time that the answer takes."),
    StatusEntry(
      463, "Too Many Forwarded Addresses", "AWS ALB", .changed, registration: .unregistered, causes: [.clientMalformed],
      meaning:
        "X-Forwarded-For of the request had more than thirty addresses: too many proxies, a circle of them, or an invented field.",
      action: "Look for a circle of proxies."),
    StatusEntry(
      464, "Incompatible Protocol", "AWS ALB", .changed, registration: .unregistered,
      causes: [.requestVersionUnsupported],
      meaning:
        "The protocol of the request does not go with that of the target group, for instance HTTP/1.1 to a group for gRPC.",
      action: "Set the protocol version of the target group as the clients speak it."),
    StatusEntry(
      494, "Request Header Too Large", "nginx", .changed, registration: .unregistered, causes: [.requestHeadTooLarge],
      meaning: "nginx's own mark for a field or request line that is larger than its buffers. What is sent is a `400`.",
      action: "Remove cookies, or raise `large_client_header_buffers`."),
    StatusEntry(
      495, "SSL Certificate Error", "nginx", .changed, registration: .unregistered,
      meaning: "nginx verified the certificate of the client, and it is not valid. What is sent is a `400`.",
      action: "Use a valid client certificate."),
    StatusEntry(
      496, "SSL Certificate Required", "nginx", .changed, registration: .unregistered,
      meaning: "nginx wants a certificate of the client, and none came. What is sent is a `400`.",
      action: "Send a client certificate."),
    StatusEntry(
      497, "HTTP Request Sent to HTTPS Port", "nginx", .changed, registration: .unregistered,
      causes: [.requestPlaintextOnTlsPort, .plaintextToTlsPort],
      meaning:
        "Plain HTTP came to a port that wants TLS. nginx sends a `400` with a sentence that says so. Where the client is a proxy, its scheme for the upstream is wrong.",
      action: "Ask with https."),
    StatusEntry(
      499, "Client Closed Request", "nginx, taken over by Caddy, Traefik and others", .never,
      registration: .unregistered, causes: [.clientAborted],
      meaning:
        "The client closed the connection before its answer came. Nothing is sent, as nobody is there: the code stands in logs only. A wave of 499 means that answers have become too slow for the clients.",
      action: "Look at how long the requests took: the cause is what made the clients wait."),
    StatusEntry(
      520, "Web Server Returned an Unknown Error", "Cloudflare", .laterIfIdempotent, registration: .unregistered,
      causes: [.closedBeforeResponse, .resetBeforeResponse, .notHttp, .headerSectionTooLarge],
      meaning:
        "Cloudflare reached the origin, and got an answer that is empty or cannot be read: the connection was reset or closed, it was no HTTP, or its fields exceed 128 KB.",
      action: "As for a `502`: the failure lies between Cloudflare and the origin."),
    StatusEntry(
      521, "Web Server Is Down", "Cloudflare", .later, registration: .unregistered, causes: [.connectRefused],
      meaning:
        "The origin refused the connection: nothing listens there, or a firewall refuses Cloudflare's addresses.",
      action: "Try again later. Whoever runs the origin starts it, or lets Cloudflare in."),
    StatusEntry(
      522, "Connection Timed Out", "Cloudflare", .laterIfIdempotent, registration: .unregistered,
      causes: [.connectTimeout],
      meaning:
        "The origin did not answer the connection attempt in time, or accepted it and did not acknowledge the request, which it may have got.",
      action: "Try again later. Whoever runs the origin looks for dropped packets and overload."),
    StatusEntry(
      523, "Origin Is Unreachable", "Cloudflare", .later, registration: .unregistered,
      causes: [.hostUnreachable, .netUnreachable],
      meaning: "There is no route to the origin: its address is wrong, or its network is cut off.",
      action: "Check the address of the origin in DNS."),
    StatusEntry(
      524, "A Timeout Occurred", "Cloudflare", .laterIfIdempotent, registration: .unregistered,
      causes: [.responseHeaderTimeout, .writeTimeout],
      meaning:
        "The connection to the origin came about, but no answer within 120 seconds (the default). What was asked may still go on at the origin.",
      action: "As for a `504`. Long work should be answered at once and fetched later."),
    StatusEntry(
      525, "SSL Handshake Failed", "Cloudflare", .never, registration: .unregistered, causes: [.tlsHandshakeFailed],
      meaning:
        "The TLS handshake with the origin failed: no certificate there, no common version or cipher, or no TLS at that port.",
      action: "Whoever runs the origin checks its TLS."),
    StatusEntry(
      526, "Invalid SSL Certificate", "Cloudflare", .never, registration: .unregistered,
      causes: [.tlsCertExpired, .tlsCertUntrusted, .tlsCertSelfSigned, .tlsNameMismatch],
      meaning:
        "Cloudflare verifies the certificate of the origin (Full, strict), and it is expired, self-signed, for another name, or of an issuer that is not trusted.",
      action: "Whoever runs the origin renews the certificate."),
    StatusEntry(
      527, "Railgun Error", "Cloudflare, no longer used", .laterIfIdempotent, registration: .unregistered,
      causes: [.connectTimeout],
      meaning: "A failure between Cloudflare and a Railgun listener at the origin. The product was given up.",
      action: "Treat it as `502`."),
    StatusEntry(
      530, "(see the error 1xxx in the page)", "Cloudflare; Pantheon for a frozen site", .later,
      registration: .unregistered, causes: [.dnsNxdomain, .dnsServfail],
      meaning:
        "Cloudflare could not find the origin, mostly since its name does not resolve. The number 1xxx in the page says more: 1016 is a DNS error of the origin.",
      action: "Check the DNS record of the origin."),
    StatusEntry(
      561, "Unauthorized", "AWS ALB", .changed, registration: .unregistered,
      meaning: "The identity provider that the load balancer signs users in with answered with an error.",
      action: "Look at the provider and at the authentication rule of the load balancer."),
  ]
}
