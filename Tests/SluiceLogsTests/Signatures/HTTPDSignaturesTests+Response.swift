import SluiceCore
import SluiceDiagnosis

@testable import SluiceLogs

extension HTTPDSignaturesTests {
  private static let statusLine = "AH01102: error reading status line from remote server 127.0.0.1:3000"
  private static let body = "AH01110: Network error reading response"
  private static let sending = "AH01084: pass request body failed to 127.0.0.1:3000 (127.0.0.1)"
  private static let headers = "AH10404: Error reading headers from backend"
  private static let expired = "(70007)The timeout specified has expired"
  private static let reset = "(104)Connection reset by peer"
  private static let end = "(70014)End of file found"
  private static let told = "(20014)Internal error (specific information not available)"

  private static let ended: [Cause] = [
    .staleKeepalive, .notHttp, .truncatedHeaders, .plaintextToTlsPort, .tlsClientCertificateWanted,
    .resetBeforeResponse,
  ]
  private static let unread: [Cause] = [
    .resetBeforeResponse, .responseHeaderTimeout, .staleKeepalive, .notHttp, .truncatedHeaders, .plaintextToTlsPort,
  ]

  private static func remote(_ message: String) -> String {
    line("[remote 127.0.0.1:3000] \(message)", "(22)Invalid argument", module: "http:info", client: false)
  }

  static let responses: [SignatureExample] = [
    .init("A09", line(statusLine, expired), .responseHeaderTimeout, or: [.notHttp], .likely, at: at),
    .init(
      "A09e", line(statusLine, "(22)Invalid argument"), .notHttp, or: [.plaintextToTlsPort, .invalidHeader], .likely,
      at: at),
    .init(
      "A09b", line(statusLine, reset), .resetBeforeResponse, or: [.staleKeepalive, .connectReset, .truncatedHeaders],
      .likely, at: at),
    .init("A09c", line(statusLine, told), .closedBeforeResponse, or: ended, .likely, at: at),
    .init("A09c", line(statusLine, end), .closedBeforeResponse, or: ended, .likely, at: at),
    .init(
      "A09d", line(statusLine), .closedBeforeResponse,
      or: unread, .possible, at: at),
    .init(
      "A10", line("AH00898: Error reading from remote server returned by /a", module: "proxy:error"),
      .closedBeforeResponse, or: unread, .possible),
    .init(
      "A11",
      line(
        "AH01104: Closing connection to client because reading from backend server 127.0.0.1:3000 failed.",
        module: "proxy_http:debug"), .staleKeepalive),
    .init("A12", line("AH00898: Corrupt status line returned by remote server: HTTP/1.1 x returned by /a"), .notHttp),
    .init(
      "A13", line("AH01106: bad HTTP/1.1 header returned by /a (GET)", module: "proxy_http:warn"), .invalidHeader,
      or: [.truncatedHeaders, .headerTooLarge], .possible),
    .init(
      "A14",
      line(
        "AH10124: header size is over the limit allowed by ResponseFieldSize (8192 bytes). Bad response header: 'X: a",
        "(28)No space left on device", module: "proxy_http:warn"), .headerTooLarge),
    .init("A15", line(body, expired), .bodyIdleTimeout, or: [.notHttp, .invalidHeader], .likely),
    .init(
      "A15b", line("AH01110: error reading response", "(70008)Partial results are valid but processing is incomplete"),
      .truncatedBody),
    .init("A15b", line(body, reset), .truncatedBody),
    .init("A15c", line(body, told), .badChunk, or: [.badFraming, .truncatedBody], .possible),
    .init("A15d", line(body), .truncatedBody, or: [.bodyIdleTimeout, .badChunk], .possible),
    .init("A16", line("AH02475: Response chunk/line was too large to parse", told), .badChunk),
    .init("A17", line("AH02476: Response Transfer-Encoding was not recognised", told), .badFraming),
    .init("A18", line(sending, "(32)Broken pipe"), .writeFailed, or: [.staleKeepalive], .likely, at: at),
    .init("A18b", line(sending, expired), .writeTimeout, at: at),
    .init(
      "A18c", line("AH01097: pass request body failed to 127.0.0.1:3000 (app) from 192.0.2.7 ()"), .writeFailed,
      or: [.tlsHandshakeFailed, .writeTimeout, .clientAborted] + unnamed, .possible, at: at),
    .init("A35", line(headers, "(28)No space left on device"), .headerTooLarge),
    .init("A35b", line(headers, expired), .responseHeaderTimeout, .likely),
    .init("A35c", line(headers, end), .truncatedHeaders),
    .init("A35d", line(headers), .truncatedHeaders, or: [.headerTooLarge, .invalidHeader], .likely),
    .init(
      "A36", line("AH02429: Response header name 'Bad Header' contains invalid characters, aborting request"),
      .invalidHeader),
    .init("A37", line("AH00898: Unexpected Upgrade: x (expecting n/a) returned by /a"), .unexpectedUpgrade),
    .init("A37b", line("AH00898: Unexpected Upgrade: x (expecting echo) returned by /a"), .upgradeFailed),
    .init(
      "A62", line("AH00898: Too many (10) interim responses from origin server returned by /a"), .responseHeaderTimeout,
      or: [.invalidHeader], .possible),
    .init("A35e", line(headers, "(22)Invalid argument"), .invalidHeader, or: [.truncatedHeaders], .likely),
    .init("A38", remote("AH01590: Error reading/parsing chunk  "), .badChunk, at: at),
    .init("A39", remote("AH01587: Invalid Content-Length"), .badFraming, at: at),
    .init(
      "A40", line("AH03408: http: reusable backend connection is not empty: forcibly closed", client: false),
      .excessBody),
    .init("A41", line("AH01075: Error dispatching request to : (polling)", expired), .responseHeaderTimeout),
    .init("A41b", line("AH01067: Failed to read FastCGI header", reset), .resetBeforeResponse, .likely),
    .init(
      "A41c", line("AH01067: Failed to read FastCGI header", end), .closedBeforeResponse,
      or: [.responseHeaderTimeout, .resetBeforeResponse, .truncatedBody], .likely),
    .init("A42", line("AH01068: Got bogus version 72"), .notHttp),
    .init("A43", line("AH01070: Error parsing script headers"), .invalidHeader),
    .init("A44", line("End of script output before headers: index.cgi", module: "cgid:error"), .closedBeforeResponse),
    .init("A45", line("AH01220: Timeout waiting for output from CGI script /a", expired), .responseHeaderTimeout),
    .init(
      "A46", line("AH00992: ajp_ilink_receive() can't receive header", reset), .closedBeforeResponse,
      or: [.resetBeforeResponse, .responseHeaderTimeout], .likely),
  ]

  private static let prefetch = "AH01095: prefetch request body failed to 127.0.0.1:3000 (app) from 192.0.2.7 ()"

  private static func event(_ message: String, module: String = "mpm_event:notice") -> String {
    line(message, module: module, client: false)
  }

  private static func access(_ status: String) -> String {
    "shop.example:443 192.0.2.7 - - [26/Nov/2026:20:53:08 +0000] \"GET /a HTTP/1.1\" \(status) 559 \"-\" \"curl/7\""
  }

  static let beside: [SignatureExample] = [
    .init("A25", line(prefetch, expired), .clientBodyTimeout, at: at),
    .init("A25b", line(prefetch, end), .clientAborted, at: at),
    .init("A25c", line(prefetch), .clientAborted, or: [.clientBodyTimeout, .clientMalformed], .possible, at: at),
    .init("A47", line("AH01382: Request header read timeout", module: "reqtimeout:info"), .requestHeadTimeout),
    .init("A48", line("AH01383: Request body read timeout", module: "reqtimeout:info"), .clientBodyTimeout),
    .init(
      "A49", line("AH01587: Invalid Content-Length"), .requestFramingAmbiguous, or: [.requestChunkInvalid], .likely),
    .event(
      "A50", event("AH00489: Apache/2.4.71 (Debian) OpenSSL/3.0.19 configured -- resuming normal operations"),
      .proxyStarted),
    .event("A51", event("AH00493: SIGUSR1 received.  Doing graceful restart"), .proxyReloaded),
    .event("A51", event("AH00171: Graceful restart requested, doing restart"), .proxyReloaded),
    .event("A52", event("AH00491: caught SIGTERM, shutting down"), .proxyStopping),
    .event(
      "A53", event("AH00052: child pid 24731 exit signal Segmentation fault (11)", module: "core:notice"),
      .proxyCrashed),
    .event(
      "A54", event("AH00060: seg fault or similar nasty error detected in the parent process"), .proxyCrashed),
    .event(
      "A55",
      event("AH00484: server reached MaxRequestWorkers setting, consider raising the MaxRequestWorkers setting"),
      .limitReached),
    .event(
      "A56",
      event("AH01174: balancer://app: Forcing worker (http://10.0.0.1:80) into error state due to status code 503"),
      .endpointDown, .upstreamStatus, at: "10.0.0.1:80", in: "app"),
    .event(
      "A57", event("AH03251: Health check DISABLING http://10.0.0.1:80", module: "proxy_hcheck:info"),
      .endpointDown, at: "10.0.0.1:80"),
    .event(
      "A58", event("AH03252: Health check ENABLING http://10.0.0.1:80", module: "proxy_hcheck:info"),
      .endpointUp,
      at: "10.0.0.1:80"),
    .event(
      "A59", line("AH00190: apr_socket_accept: (client socket)", "(24)Too many open files", client: false),
      .limitReached, .localFdsOrMemory),
    .event(
      "A60", line("AH00159: fork: Unable to fork new process", "(12)Cannot allocate memory", client: false),
      .limitReached, .localFdsOrMemory),
    .event("A61", event("mod_cache_disk: no space left in /var/cache"), .limitReached),
    .init(
      "A70", access("502"), .closedBeforeResponse,
      or: [
        .responseHeaderTimeout, .resetBeforeResponse, .staleKeepalive, .truncatedHeaders, .headerTooLarge,
        .upstreamStatus,
      ], .unknown, status: 502),
    .init(
      "A71", access("503"), .connectRefused,
      or: [.connectTimeout, .hostUnreachable, .allUnhealthy, .poolQueueFull, .upstreamStatus], .unknown, status: 503),
    .init(
      "A72", access("504"), .responseHeaderTimeout, or: [.writeTimeout, .upstreamStatus], .possible, status: 504),
    .init(
      "A73", access("500"), .upstreamStatus,
      or: [.tlsHandshakeFailed, .dnsNxdomain, .invalidHeader, .routeNotFound] + unnamed,
      .possible, status: 500),
    .init("A75", access("600"), .notHttp, or: [.invalidHeader], .likely, status: 600),
    .init("A74", access("501"), .upstreamStatus, .possible, status: 501),
  ]
}
