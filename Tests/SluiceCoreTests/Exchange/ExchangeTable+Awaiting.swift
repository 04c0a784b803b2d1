// swift-format-ignore-file: a table is read by its rows.

extension ExchangeTable {
  /// A connection, and no final head yet.
  static let awaiting = """
    ## awaiting: awaiting phase:wait permit [request@120s responseHead@60s]
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:wait cause:clientAborted notRetried:clientGone
    clientFull: pauseUpstream → awaiting phase:wait upstreamPaused clientFull permit [request@120s clientWrite@61s]
    clientReady: - → awaiting phase:wait permit [request@120s responseHead@60s]
    upstreamFull: pauseClient → awaiting phase:wait clientPaused permit [request@120s responseHead@60s upstreamWrite@61s]
    upstreamReady: - → awaiting phase:wait permit [request@120s responseHead@60s]
    informationalArrived: forwardInformational → awaiting phase:wait permit [request@120s responseHead@60s]
    upgradeArrived: startTunnel → tunnelling(<>) phase:tunnel permit [upstreamRead@3601s]
    responseArrived: forwardResponseHead(length(4000)) → relaying(0) phase:receive permit [upstreamRead@61s]
    responseArrived too large: endAttempt(bodyTooLarge) closeUpstream releasePermit respond(bodyTooLarge) record → finished phase:wait cause:bodyTooLarge notRetried:policy generated
    responseArrived until close: forwardResponseHead(chunked) → relaying(0) phase:receive permit [upstreamRead@61s]
    responseRefused: endAttempt(notHttp) closeUpstream releasePermit respond(notHttp) record → finished phase:wait cause:notHttp notRetried:bytesSent generated
    upstreamEnded closed: endAttempt(closedBeforeResponse) closeUpstream releasePermit respond(closedBeforeResponse) record → finished phase:wait cause:closedBeforeResponse notRetried:bytesSent generated
    upstreamEnded closed after bytes: endAttempt(truncatedHeaders) closeUpstream releasePermit respond(truncatedHeaders) record → finished phase:wait cause:truncatedHeaders notRetried:bytesSent generated
    upstreamEnded reset: endAttempt(resetBeforeResponse) closeUpstream releasePermit respond(resetBeforeResponse) record → finished phase:wait cause:resetBeforeResponse notRetried:bytesSent generated
    upstreamEnded writeFailed: endAttempt(writeFailed) closeUpstream releasePermit respond(writeFailed) record → finished phase:wait cause:writeFailed notRetried:bytesSent generated
    deadlineCame early: - → awaiting phase:wait permit [request@120s responseHead@60s]
    deadlineCame: endAttempt(responseHeaderTimeout) closeUpstream releasePermit respond(responseHeaderTimeout) record → finished phase:wait cause:responseHeaderTimeout notRetried:bytesSent generated
    deadlineCame with progress: endAttempt(responseHeaderTimeout) closeUpstream releasePermit respond(responseHeaderTimeout) record → finished phase:wait cause:responseHeaderTimeout notRetried:bytesSent generated
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:wait cause:proxyBug notRetried:policy generated

    ## awaitingReused: awaiting phase:wait permit [request@120s responseHead@60s]
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:wait cause:clientAborted notRetried:clientGone
    clientFull: pauseUpstream → awaiting phase:wait upstreamPaused clientFull permit [request@120s clientWrite@61s]
    clientReady: - → awaiting phase:wait permit [request@120s responseHead@60s]
    upstreamFull: pauseClient → awaiting phase:wait clientPaused permit [request@120s responseHead@60s upstreamWrite@61s]
    upstreamReady: - → awaiting phase:wait permit [request@120s responseHead@60s]
    informationalArrived: forwardInformational → awaiting phase:wait permit [request@120s responseHead@60s]
    upgradeArrived: startTunnel → tunnelling(<>) phase:tunnel permit [upstreamRead@3601s]
    responseArrived: forwardResponseHead(length(4000)) → relaying(0) phase:receive permit [upstreamRead@61s]
    responseArrived too large: endAttempt(bodyTooLarge) closeUpstream releasePermit respond(bodyTooLarge) record → finished phase:wait cause:bodyTooLarge notRetried:policy generated
    responseArrived until close: forwardResponseHead(chunked) → relaying(0) phase:receive permit [upstreamRead@61s]
    responseRefused: endAttempt(notHttp) closeUpstream releasePermit respond(notHttp) record → finished phase:wait cause:notHttp notRetried:bytesSent generated
    upstreamEnded closed: endAttempt(staleKeepalive) closeUpstream releasePermit respond(staleKeepalive) record → finished phase:wait cause:staleKeepalive notRetried:bytesSent generated
    upstreamEnded closed after bytes: endAttempt(truncatedHeaders) closeUpstream releasePermit respond(truncatedHeaders) record → finished phase:wait cause:truncatedHeaders notRetried:bytesSent generated
    upstreamEnded reset: endAttempt(staleKeepalive) closeUpstream releasePermit respond(staleKeepalive) record → finished phase:wait cause:staleKeepalive notRetried:bytesSent generated
    upstreamEnded writeFailed: endAttempt(staleKeepalive) closeUpstream releasePermit respond(staleKeepalive) record → finished phase:wait cause:staleKeepalive notRetried:bytesSent generated
    deadlineCame early: - → awaiting phase:wait permit [request@120s responseHead@60s]
    deadlineCame: endAttempt(responseHeaderTimeout) closeUpstream releasePermit respond(responseHeaderTimeout) record → finished phase:wait cause:responseHeaderTimeout notRetried:bytesSent generated
    deadlineCame with progress: endAttempt(responseHeaderTimeout) closeUpstream releasePermit respond(responseHeaderTimeout) record → finished phase:wait cause:responseHeaderTimeout notRetried:bytesSent generated
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:wait cause:proxyBug notRetried:policy generated

    ## awaitingBody: awaiting phase:send arriving permit [clientRead@30s]
    requestBodyArrived: forwardRequestBody → awaiting phase:send arriving permit [clientRead@31s]
    requestBodyArrived beyond the limit: endAttempt(requestBodyTooLarge) closeUpstream releasePermit respond(requestBodyTooLarge) record → finished phase:send cause:requestBodyTooLarge notRetried:policy generated
    requestEnded: finishRequest → awaiting phase:wait permit [request@121s responseHead@61s]
    requestBodyRefused: endAttempt(requestChunkInvalid) closeUpstream releasePermit respond(requestChunkInvalid) record → finished phase:send cause:requestChunkInvalid notRetried:policy generated
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:send cause:clientAborted notRetried:clientGone
    clientFull: pauseUpstream → awaiting phase:send arriving upstreamPaused clientFull permit [clientRead@30s clientWrite@61s]
    clientReady: - → awaiting phase:send arriving permit [clientRead@30s]
    upstreamFull: pauseClient → awaiting phase:send arriving clientPaused permit [upstreamWrite@61s]
    upstreamReady: - → awaiting phase:send arriving permit [clientRead@30s]
    informationalArrived: forwardInformational → awaiting phase:send arriving permit [clientRead@30s]
    upgradeArrived: endAttempt(unexpectedUpgrade) closeUpstream releasePermit respond(unexpectedUpgrade) record → finished phase:send cause:unexpectedUpgrade notRetried:policy generated
    responseArrived: forwardResponseHead(length(4000),close) → relaying(0) phase:receive arriving permit [clientRead@30s upstreamRead@61s]
    responseArrived too large: endAttempt(bodyTooLarge) closeUpstream releasePermit respond(bodyTooLarge) record → finished phase:send cause:bodyTooLarge notRetried:policy generated
    responseArrived until close: forwardResponseHead(chunked,close) → relaying(0) phase:receive arriving permit [clientRead@30s upstreamRead@61s]
    responseRefused: endAttempt(notHttp) closeUpstream releasePermit respond(notHttp) record → finished phase:send cause:notHttp notRetried:bytesSent generated
    upstreamEnded closed: endAttempt(closedBeforeResponse) closeUpstream releasePermit respond(closedBeforeResponse) record → finished phase:send cause:closedBeforeResponse notRetried:bytesSent generated
    upstreamEnded closed after bytes: endAttempt(truncatedHeaders) closeUpstream releasePermit respond(truncatedHeaders) record → finished phase:send cause:truncatedHeaders notRetried:bytesSent generated
    upstreamEnded reset: endAttempt(resetBeforeResponse) closeUpstream releasePermit respond(resetBeforeResponse) record → finished phase:send cause:resetBeforeResponse notRetried:bytesSent generated
    upstreamEnded writeFailed: endAttempt(writeFailed) closeUpstream releasePermit respond(writeFailed) record → finished phase:send cause:writeFailed notRetried:bytesSent generated
    deadlineCame early: - → awaiting phase:send arriving permit [clientRead@30s]
    deadlineCame: endAttempt(clientBodyTimeout) closeUpstream releasePermit respond(clientBodyTimeout) record → finished phase:send cause:clientBodyTimeout notRetried:policy generated
    deadlineCame with progress: endAttempt(clientBodyTimeout) closeUpstream releasePermit respond(clientBodyTimeout) record → finished phase:send cause:clientBodyTimeout notRetried:policy generated
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:send cause:proxyBug notRetried:policy generated

    ## awaitingPaused: awaiting phase:send arriving clientPaused permit [upstreamWrite@60s]
    requestBodyArrived: forwardRequestBody → awaiting phase:send arriving clientPaused permit [upstreamWrite@60s]
    requestBodyArrived beyond the limit: endAttempt(requestBodyTooLarge) closeUpstream releasePermit respond(requestBodyTooLarge) record → finished phase:send clientPaused cause:requestBodyTooLarge notRetried:policy generated
    requestEnded: finishRequest → awaiting phase:wait clientPaused permit [request@121s responseHead@61s upstreamWrite@60s]
    requestBodyRefused: endAttempt(requestChunkInvalid) closeUpstream releasePermit respond(requestChunkInvalid) record → finished phase:send clientPaused cause:requestChunkInvalid notRetried:policy generated
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:send clientPaused cause:clientAborted notRetried:clientGone
    clientFull: pauseUpstream → awaiting phase:send arriving clientPaused upstreamPaused clientFull permit [clientWrite@61s upstreamWrite@60s]
    clientReady: - → awaiting phase:send arriving clientPaused permit [upstreamWrite@60s]
    upstreamFull: - → awaiting phase:send arriving clientPaused permit [upstreamWrite@60s]
    upstreamReady: resumeClient → awaiting phase:send arriving permit [clientRead@31s]
    informationalArrived: forwardInformational → awaiting phase:send arriving clientPaused permit [upstreamWrite@60s]
    upgradeArrived: endAttempt(unexpectedUpgrade) closeUpstream releasePermit respond(unexpectedUpgrade) record → finished phase:send clientPaused cause:unexpectedUpgrade notRetried:policy generated
    responseArrived: forwardResponseHead(length(4000),close) → relaying(0) phase:receive arriving clientPaused permit [upstreamRead@61s upstreamWrite@60s]
    responseArrived too large: endAttempt(bodyTooLarge) closeUpstream releasePermit respond(bodyTooLarge) record → finished phase:send clientPaused cause:bodyTooLarge notRetried:policy generated
    responseArrived until close: forwardResponseHead(chunked,close) → relaying(0) phase:receive arriving clientPaused permit [upstreamRead@61s upstreamWrite@60s]
    responseRefused: endAttempt(notHttp) closeUpstream releasePermit respond(notHttp) record → finished phase:send clientPaused cause:notHttp notRetried:bytesSent generated
    upstreamEnded closed: endAttempt(closedBeforeResponse) closeUpstream releasePermit respond(closedBeforeResponse) record → finished phase:send clientPaused cause:closedBeforeResponse notRetried:bytesSent generated
    upstreamEnded closed after bytes: endAttempt(truncatedHeaders) closeUpstream releasePermit respond(truncatedHeaders) record → finished phase:send clientPaused cause:truncatedHeaders notRetried:bytesSent generated
    upstreamEnded reset: endAttempt(resetBeforeResponse) closeUpstream releasePermit respond(resetBeforeResponse) record → finished phase:send clientPaused cause:resetBeforeResponse notRetried:bytesSent generated
    upstreamEnded writeFailed: endAttempt(writeFailed) closeUpstream releasePermit respond(writeFailed) record → finished phase:send clientPaused cause:writeFailed notRetried:bytesSent generated
    deadlineCame early: - → awaiting phase:send arriving clientPaused permit [upstreamWrite@60s]
    deadlineCame: endAttempt(writeTimeout) closeUpstream releasePermit respond(writeTimeout) record → finished phase:send clientPaused cause:writeTimeout notRetried:bytesSent generated
    deadlineCame with progress: - → awaiting phase:send arriving clientPaused permit [upstreamWrite@120s]
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:send clientPaused cause:proxyBug notRetried:policy generated

    ## awaitingFull: awaiting phase:wait upstreamPaused clientFull permit [request@120s clientWrite@60s]
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:wait upstreamPaused clientFull cause:clientAborted notRetried:clientGone
    clientFull: - → awaiting phase:wait upstreamPaused clientFull permit [request@120s clientWrite@60s]
    clientReady: resumeUpstream → awaiting phase:wait permit [request@120s responseHead@61s]
    upstreamFull: pauseClient → awaiting phase:wait clientPaused upstreamPaused clientFull permit [request@120s clientWrite@60s upstreamWrite@61s]
    upstreamReady: - → awaiting phase:wait upstreamPaused clientFull permit [request@120s clientWrite@60s]
    informationalArrived: forwardInformational → awaiting phase:wait upstreamPaused clientFull permit [request@120s clientWrite@60s]
    upgradeArrived: startTunnel → tunnelling(<>) phase:tunnel upstreamPaused clientFull permit [clientWrite@61s]
    responseArrived: forwardResponseHead(length(4000)) → relaying(0) phase:receive upstreamPaused clientFull permit [clientWrite@61s]
    responseArrived too large: endAttempt(bodyTooLarge) closeUpstream releasePermit respond(bodyTooLarge) record → finished phase:wait upstreamPaused clientFull cause:bodyTooLarge notRetried:policy generated
    responseArrived until close: forwardResponseHead(chunked) → relaying(0) phase:receive upstreamPaused clientFull permit [clientWrite@61s]
    responseRefused: endAttempt(notHttp) closeUpstream releasePermit respond(notHttp) record → finished phase:wait upstreamPaused clientFull cause:notHttp notRetried:bytesSent generated
    upstreamEnded closed: endAttempt(closedBeforeResponse) closeUpstream releasePermit respond(closedBeforeResponse) record → finished phase:wait upstreamPaused clientFull cause:closedBeforeResponse notRetried:bytesSent generated
    upstreamEnded closed after bytes: endAttempt(truncatedHeaders) closeUpstream releasePermit respond(truncatedHeaders) record → finished phase:wait upstreamPaused clientFull cause:truncatedHeaders notRetried:bytesSent generated
    upstreamEnded reset: endAttempt(resetBeforeResponse) closeUpstream releasePermit respond(resetBeforeResponse) record → finished phase:wait upstreamPaused clientFull cause:resetBeforeResponse notRetried:bytesSent generated
    upstreamEnded writeFailed: endAttempt(writeFailed) closeUpstream releasePermit respond(writeFailed) record → finished phase:wait upstreamPaused clientFull cause:writeFailed notRetried:bytesSent generated
    deadlineCame early: - → awaiting phase:wait upstreamPaused clientFull permit [request@120s clientWrite@60s]
    deadlineCame: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:wait upstreamPaused clientFull cause:clientAborted notRetried:clientGone
    deadlineCame with progress: - → awaiting phase:wait upstreamPaused clientFull permit [request@120s clientWrite@120s]
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:wait upstreamPaused clientFull cause:proxyBug notRetried:policy generated
    """
}
