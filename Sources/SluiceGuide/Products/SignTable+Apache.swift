internal import SluiceCore

extension SignTable {
  static let apache: [ProductSign] = [
    .init(
      .apache, [.connectRefused], 503, "(111)Connection refused: AH00957: HTTP: attempt to connect to … failed",
      keys: ["AH00957"]),
    .init(.apache, [.connectTimeout], 503, "(110)Connection timed out: AH00957 or (70007)", keys: ["AH00957"]),
    .init(.apache, [.hostUnreachable], 503, "(113)No route to host: AH00957", keys: ["AH00957"]),
    .init(
      .apache, [.connectRefused, .connectTimeout, .hostUnreachable, .dnsNxdomain], 503,
      "AH01114: HTTP: failed to make connection to backend", keys: ["AH01114"],
      note: "The summary of any failure to connect; the line before it says which."),
    .init(
      .apache, [.allUnhealthy], nil, "AH00959: ap_proxy_connect_backend disabling worker for …", keys: ["AH00959"],
      note: "An endpoint is left out, by default for 60 seconds, after one failure."),
    .init(.apache, [.allUnhealthy], 503, "AH00940: … disabled connection for …", keys: ["AH00940"]),
    .init(.apache, [.allUnhealthy], 503, "AH01167: … All workers are in error state", keys: ["AH01167"]),
    .init(.apache, [.poolQueueFull], 503, "AH00934: all workers are busy", keys: ["AH00934"]),
    .init(
      .apache, [.closedBeforeResponse, .staleKeepalive, .responseHeaderTimeout], 502,
      "AH01102: error reading status line from remote server", keys: ["AH01102"],
      note: "(104) before it is a reset, (20014) a close, (70007) a timeout, which is a 502 here, too."),
    .init(
      .apache, [.closedBeforeResponse], 502, "AH00898: Error reading from remote server returned by …",
      keys: ["AH00898"]),
    .init(
      .apache, [.staleKeepalive], nil, "AH01104: Closing connection to client because reading from backend server …",
      keys: ["AH01104"], note: "At the level debug: the client gets no answer."),
    .init(
      .apache, [.notHttp], 502, "AH00898: Corrupt status line returned by remote server", keys: ["AH00898"],
      note: "Bytes that do not look like HTTP at all are passed on as HTTP/0.9 with 200."),
    .init(.apache, [.invalidHeader], 502, "AH01106: bad HTTP/… header returned by …", keys: ["AH01106"]),
    .init(
      .apache, [.headerTooLarge], 502, "AH10124: header size is over the limit allowed by ResponseFieldSize",
      keys: ["AH10124"]),
    .init(.apache, [.truncatedBody], nil, "AH01110: Network error reading response", keys: ["AH01110"]),
    .init(.apache, [.badChunk], nil, "AH02475: Response chunk/line was too large to parse", keys: ["AH02475"]),
    .init(.apache, [.badFraming], nil, "AH02476: Response Transfer-Encoding was not recognised", keys: ["AH02476"]),
    .init(
      .apache, [.writeFailed, .writeTimeout], 502, "AH01084: pass request body failed to …",
      keys: ["AH01084", "AH01097"]),
    .init(
      .apache, [.tlsHandshakeFailed], 500, "AH00898: Error during SSL Handshake with remote server", keys: ["AH00898"]),
    .init(.apache, [.tlsHandshakeFailed], 500, "AH02003: SSL Proxy connect failed", keys: ["AH02003"]),
    .init(.apache, [.tlsCertExpired], 500, "AH02004: SSL Proxy: Peer certificate is expired", keys: ["AH02004"]),
    .init(
      .apache, [.tlsNameMismatch], 500, "AH02411: SSL Proxy: Peer certificate does not match for hostname …",
      keys: ["AH02411"]),
    .init(.apache, [.dnsNxdomain, .dnsServfail], 500, "AH00898: DNS lookup failure for: …", keys: ["AH00898"]),
    .init(
      .apache, [.proxyBug], 500, "AH01144: No protocol handler was valid for the URL", keys: ["AH01144"],
      note: "A module such as mod_proxy_http is not loaded."),
    .init(
      .apache, [.clientAborted, .clientBodyTimeout], nil, "AH01095: prefetch request body failed to …",
      keys: ["AH01095"]),
  ]
}
