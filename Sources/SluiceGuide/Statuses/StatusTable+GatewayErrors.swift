internal import SluiceCore

extension StatusTable {
  static let gatewayErrors: [StatusEntry] = [
    StatusEntry(
      500, "Internal Server Error", "RFC 9110, section 15.6.1", .laterIfIdempotent,
      meaning:
        "Something unexpected went wrong in whoever answered, mostly the application: an error that its code did not catch. It says nothing about the network or about proxies between, unless a proxy made it for a mistake of its own.",
      action:
        "Keep the time and the ID of the request, and report it. Try again later where doing it twice does no harm."),
    StatusEntry(
      501, "Not Implemented", "RFC 9110, section 15.6.2", .never,
      meaning:
        "Whoever answers does not have what the request needs: a method that it does not know at all, or a transfer coding other than chunked (RFC 9112, section 6.1). For a method that is known and not allowed here, `405` is right.",
      action: "Use another method or coding. It is stored by caches, so a correction may show late."),
    StatusEntry(
      502, "Bad Gateway", "RFC 9110, section 15.6.3", .laterIfIdempotent,
      note:
        "Once or twice, after a short pause, and by itself only what does no harm when it is done twice. A request of which nothing was sent may always be repeated.",
      meaning:
        "A gateway or proxy asked the next hop for you and got no valid answer: the connection was refused or broke, TLS failed, or what came was not proper HTTP. Your request reached the gateway; the failure lies behind it.",
      action: "Try again after a few seconds. Where it stays, report it with the time and the ID of the response."),
    StatusEntry(
      503, "Service Unavailable", "RFC 9110, section 15.6.4", .laterIfIdempotent,
      note:
        "After Retry-After, else after a growing pause; by itself only what does no harm twice, unless Proxy-Status says it was refused.",
      meaning:
        "The service cannot take the request now, because of load or maintenance, and expects to take it later. Retry-After may say when. Mostly the request was refused before anybody worked on it; the code does not promise that, and some proxies answer it for a connection that broke.",
      action: "Wait as long as Retry-After says, and ask again."),
    StatusEntry(
      504, "Gateway Timeout", "RFC 9110, section 15.6.5", .laterIfIdempotent,
      note: "Only what does no harm when it is done twice: the request may still be worked on behind the gateway.",
      meaning:
        "A gateway or proxy asked the next hop and did not get an answer in time. The next hop may be unreachable, or it has the request and is slow. It may even finish it after you were told.",
      action: "Before you try again, find out whether the request took effect. Where it stays, report it."),
    StatusEntry(
      505, "HTTP Version Not Supported", "RFC 9110, section 15.6.6", .changed,
      meaning:
        "The major version of HTTP in the request is not one that is spoken here. Garbage in the request line can look like a version, too.",
      action: "Ask in HTTP/1.1, and look at what is really sent."),
    StatusEntry(
      506, "Variant Also Negotiates", "RFC 2295, section 8.1", .never,
      meaning:
        "A mistake in the set-up of content negotiation: the variant that was chosen wants to negotiate itself. It belongs to an experiment that is hardly used.",
      action: "Report it to whoever runs the service."),
    StatusEntry(
      507, "Insufficient Storage", "RFC 4918, section 11.5", .changed,
      note: "Not by itself: a person should have made room first.",
      meaning:
        "WebDAV: there is no room to store what the request would leave behind. Envoy also answers it for a body that is larger than its buffer for retries.",
      action: "Make room, or send less."),
    StatusEntry(
      508, "Loop Detected", "RFC 5842, section 7.2", .never,
      meaning:
        "WebDAV: a request with Depth: infinity ran into a circle of collections. Some gateways use it for a request that came back to them; the code that RFC 9209 recommends for that is `502`.",
      action: "Ask with a smaller Depth, or report the circle."),
    StatusEntry(
      510, "Not Extended", "RFC 2774, section 7", .never, registration: .obsoleted,
      meaning: "A framework for extensions of HTTP that was never taken up, and whose specification is historic now.",
      action: "Treat it as `500`."),
    StatusEntry(
      511, "Network Authentication Required", "RFC 6585, section 6", .changed,
      meaning:
        "The network itself wants a sign-in before it lets anything through, as in a hotel. It comes from a box on the way, never from the site that was asked for.",
      action: "Open the page that the content links to and sign in to the network, then ask again."),
  ]
}
