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
    responseRefused: endAttempt(notHttp) closeUpstream askBudget → retrying phase:wait permit [request@120s] cause:notHttp
    upstreamEnded closed: endAttempt(closedBeforeResponse) closeUpstream askBudget → retrying phase:wait permit [request@120s] cause:closedBeforeResponse
    upstreamEnded closed after bytes: endAttempt(truncatedHeaders) closeUpstream askBudget → retrying phase:wait permit [request@120s] cause:truncatedHeaders
    upstreamEnded reset: endAttempt(resetBeforeResponse) closeUpstream askBudget → retrying phase:wait permit [request@120s] cause:resetBeforeResponse
    upstreamEnded writeFailed: endAttempt(writeFailed) closeUpstream askBudget → retrying phase:wait permit [request@120s] cause:writeFailed
    deadlineCame early: - → awaiting phase:wait permit [request@120s responseHead@60s]
    deadlineCame: endAttempt(responseHeaderTimeout) closeUpstream askBudget → retrying phase:wait permit [request@120s] cause:responseHeaderTimeout
    deadlineCame with progress: endAttempt(responseHeaderTimeout) closeUpstream askBudget → retrying phase:wait permit [request@120s] cause:responseHeaderTimeout
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:wait cause:proxyBug notRetried:policy generated
    replayBodyLost: - → awaiting phase:wait permit bodyLost [request@120s responseHead@60s]

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
    responseRefused: endAttempt(notHttp) closeUpstream askBudget → retrying phase:wait permit [request@120s] cause:notHttp
    upstreamEnded closed: endAttempt(staleKeepalive) closeUpstream pick → picking phase:wait permit [request@120s] cause:staleKeepalive
    upstreamEnded closed after bytes: endAttempt(truncatedHeaders) closeUpstream askBudget → retrying phase:wait permit [request@120s] cause:truncatedHeaders
    upstreamEnded reset: endAttempt(staleKeepalive) closeUpstream pick → picking phase:wait permit [request@120s] cause:staleKeepalive
    upstreamEnded writeFailed: endAttempt(staleKeepalive) closeUpstream pick → picking phase:wait permit [request@120s] cause:staleKeepalive
    deadlineCame early: - → awaiting phase:wait permit [request@120s responseHead@60s]
    deadlineCame: endAttempt(responseHeaderTimeout) closeUpstream askBudget → retrying phase:wait permit [request@120s] cause:responseHeaderTimeout
    deadlineCame with progress: endAttempt(responseHeaderTimeout) closeUpstream askBudget → retrying phase:wait permit [request@120s] cause:responseHeaderTimeout
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:wait cause:proxyBug notRetried:policy generated
    replayBodyLost: - → awaiting phase:wait permit bodyLost [request@120s responseHead@60s]

    ## awaitingBody: awaiting phase:send arriving permit [clientRead@30s]
    requestBodyArrived: forwardRequestBody → awaiting phase:send arriving permit bodyLost [clientRead@31s]
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
    responseRefused: endAttempt(notHttp) closeUpstream releasePermit respond(notHttp) record → finished phase:send cause:notHttp notRetried:method generated
    upstreamEnded closed: endAttempt(closedBeforeResponse) closeUpstream releasePermit respond(closedBeforeResponse) record → finished phase:send cause:closedBeforeResponse notRetried:method generated
    upstreamEnded closed after bytes: endAttempt(truncatedHeaders) closeUpstream releasePermit respond(truncatedHeaders) record → finished phase:send cause:truncatedHeaders notRetried:method generated
    upstreamEnded reset: endAttempt(resetBeforeResponse) closeUpstream releasePermit respond(resetBeforeResponse) record → finished phase:send cause:resetBeforeResponse notRetried:method generated
    upstreamEnded writeFailed: endAttempt(writeFailed) closeUpstream releasePermit respond(writeFailed) record → finished phase:send cause:writeFailed notRetried:method generated
    deadlineCame early: - → awaiting phase:send arriving permit [clientRead@30s]
    deadlineCame: endAttempt(clientBodyTimeout) closeUpstream releasePermit respond(clientBodyTimeout) record → finished phase:send cause:clientBodyTimeout notRetried:policy generated
    deadlineCame with progress: endAttempt(clientBodyTimeout) closeUpstream releasePermit respond(clientBodyTimeout) record → finished phase:send cause:clientBodyTimeout notRetried:policy generated
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:send cause:proxyBug notRetried:policy generated
    replayBodyLost: - → awaiting phase:send arriving permit bodyLost [clientRead@30s]

    ## awaitingUpload: awaiting phase:send arriving permit [clientRead@30s]
    requestBodyArrived: forwardRequestBody → awaiting phase:send arriving permit [clientRead@31s]
    requestBodyArrived beyond the limit: endAttempt(requestBodyTooLarge) closeUpstream releasePermit respond(requestBodyTooLarge) record → finished phase:send cause:requestBodyTooLarge notRetried:policy generated
    replayBodyLost: - → awaiting phase:send arriving permit bodyLost [clientRead@30s]
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
    responseRefused: endAttempt(notHttp) closeUpstream holdRequestBody askBudget → retrying phase:send held permit cause:notHttp
    upstreamEnded closed: endAttempt(closedBeforeResponse) closeUpstream holdRequestBody askBudget → retrying phase:send held permit cause:closedBeforeResponse
    upstreamEnded closed after bytes: endAttempt(truncatedHeaders) closeUpstream holdRequestBody askBudget → retrying phase:send held permit cause:truncatedHeaders
    upstreamEnded reset: endAttempt(resetBeforeResponse) closeUpstream holdRequestBody askBudget → retrying phase:send held permit cause:resetBeforeResponse
    upstreamEnded writeFailed: endAttempt(writeFailed) closeUpstream holdRequestBody askBudget → retrying phase:send held permit cause:writeFailed
    deadlineCame early: - → awaiting phase:send arriving permit [clientRead@30s]
    deadlineCame: endAttempt(clientBodyTimeout) closeUpstream releasePermit respond(clientBodyTimeout) record → finished phase:send cause:clientBodyTimeout notRetried:policy generated
    deadlineCame with progress: endAttempt(clientBodyTimeout) closeUpstream releasePermit respond(clientBodyTimeout) record → finished phase:send cause:clientBodyTimeout notRetried:policy generated
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:send cause:proxyBug notRetried:policy generated

    ## awaitingLongUpload: awaiting phase:send arriving permit bodyLost [clientRead@30s]
    requestBodyArrived: forwardRequestBody → awaiting phase:send arriving permit bodyLost [clientRead@31s]
    requestBodyArrived beyond the limit: endAttempt(requestBodyTooLarge) closeUpstream releasePermit respond(requestBodyTooLarge) record → finished phase:send bodyLost cause:requestBodyTooLarge notRetried:policy generated
    replayBodyLost: - → awaiting phase:send arriving permit bodyLost [clientRead@30s]
    requestEnded: finishRequest → awaiting phase:wait permit bodyLost [request@121s responseHead@61s]
    requestBodyRefused: endAttempt(requestChunkInvalid) closeUpstream releasePermit respond(requestChunkInvalid) record → finished phase:send bodyLost cause:requestChunkInvalid notRetried:policy generated
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:send bodyLost cause:clientAborted notRetried:clientGone
    clientFull: pauseUpstream → awaiting phase:send arriving upstreamPaused clientFull permit bodyLost [clientRead@30s clientWrite@61s]
    clientReady: - → awaiting phase:send arriving permit bodyLost [clientRead@30s]
    upstreamFull: pauseClient → awaiting phase:send arriving clientPaused permit bodyLost [upstreamWrite@61s]
    upstreamReady: - → awaiting phase:send arriving permit bodyLost [clientRead@30s]
    informationalArrived: forwardInformational → awaiting phase:send arriving permit bodyLost [clientRead@30s]
    upgradeArrived: endAttempt(unexpectedUpgrade) closeUpstream releasePermit respond(unexpectedUpgrade) record → finished phase:send bodyLost cause:unexpectedUpgrade notRetried:policy generated
    responseArrived: forwardResponseHead(length(4000),close) → relaying(0) phase:receive arriving permit bodyLost [clientRead@30s upstreamRead@61s]
    responseArrived too large: endAttempt(bodyTooLarge) closeUpstream releasePermit respond(bodyTooLarge) record → finished phase:send bodyLost cause:bodyTooLarge notRetried:policy generated
    responseArrived until close: forwardResponseHead(chunked,close) → relaying(0) phase:receive arriving permit bodyLost [clientRead@30s upstreamRead@61s]
    responseRefused: endAttempt(notHttp) closeUpstream releasePermit respond(notHttp) record → finished phase:send bodyLost cause:notHttp notRetried:bodyNotBuffered generated
    upstreamEnded closed: endAttempt(closedBeforeResponse) closeUpstream releasePermit respond(closedBeforeResponse) record → finished phase:send bodyLost cause:closedBeforeResponse notRetried:bodyNotBuffered generated
    upstreamEnded closed after bytes: endAttempt(truncatedHeaders) closeUpstream releasePermit respond(truncatedHeaders) record → finished phase:send bodyLost cause:truncatedHeaders notRetried:bodyNotBuffered generated
    upstreamEnded reset: endAttempt(resetBeforeResponse) closeUpstream releasePermit respond(resetBeforeResponse) record → finished phase:send bodyLost cause:resetBeforeResponse notRetried:bodyNotBuffered generated
    upstreamEnded writeFailed: endAttempt(writeFailed) closeUpstream releasePermit respond(writeFailed) record → finished phase:send bodyLost cause:writeFailed notRetried:bodyNotBuffered generated
    deadlineCame early: - → awaiting phase:send arriving permit bodyLost [clientRead@30s]
    deadlineCame: endAttempt(clientBodyTimeout) closeUpstream releasePermit respond(clientBodyTimeout) record → finished phase:send bodyLost cause:clientBodyTimeout notRetried:policy generated
    deadlineCame with progress: endAttempt(clientBodyTimeout) closeUpstream releasePermit respond(clientBodyTimeout) record → finished phase:send bodyLost cause:clientBodyTimeout notRetried:policy generated
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:send bodyLost cause:proxyBug notRetried:policy generated

    ## awaitingPaused: awaiting phase:send arriving clientPaused permit [upstreamWrite@60s]
    requestBodyArrived: forwardRequestBody → awaiting phase:send arriving clientPaused permit bodyLost [upstreamWrite@60s]
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
    responseRefused: endAttempt(notHttp) closeUpstream releasePermit respond(notHttp) record → finished phase:send clientPaused cause:notHttp notRetried:method generated
    upstreamEnded closed: endAttempt(closedBeforeResponse) closeUpstream releasePermit respond(closedBeforeResponse) record → finished phase:send clientPaused cause:closedBeforeResponse notRetried:method generated
    upstreamEnded closed after bytes: endAttempt(truncatedHeaders) closeUpstream releasePermit respond(truncatedHeaders) record → finished phase:send clientPaused cause:truncatedHeaders notRetried:method generated
    upstreamEnded reset: endAttempt(resetBeforeResponse) closeUpstream releasePermit respond(resetBeforeResponse) record → finished phase:send clientPaused cause:resetBeforeResponse notRetried:method generated
    upstreamEnded writeFailed: endAttempt(writeFailed) closeUpstream releasePermit respond(writeFailed) record → finished phase:send clientPaused cause:writeFailed notRetried:method generated
    deadlineCame early: - → awaiting phase:send arriving clientPaused permit [upstreamWrite@60s]
    deadlineCame: endAttempt(writeTimeout) closeUpstream releasePermit respond(writeTimeout) record → finished phase:send clientPaused cause:writeTimeout notRetried:method generated
    deadlineCame with progress: - → awaiting phase:send arriving clientPaused permit [upstreamWrite@120s]
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:send clientPaused cause:proxyBug notRetried:policy generated
    replayBodyLost: - → awaiting phase:send arriving clientPaused permit bodyLost [upstreamWrite@60s]

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
    responseRefused: endAttempt(notHttp) closeUpstream askBudget → retrying phase:wait clientFull permit [request@120s] cause:notHttp
    upstreamEnded closed: endAttempt(closedBeforeResponse) closeUpstream askBudget → retrying phase:wait clientFull permit [request@120s] cause:closedBeforeResponse
    upstreamEnded closed after bytes: endAttempt(truncatedHeaders) closeUpstream askBudget → retrying phase:wait clientFull permit [request@120s] cause:truncatedHeaders
    upstreamEnded reset: endAttempt(resetBeforeResponse) closeUpstream askBudget → retrying phase:wait clientFull permit [request@120s] cause:resetBeforeResponse
    upstreamEnded writeFailed: endAttempt(writeFailed) closeUpstream askBudget → retrying phase:wait clientFull permit [request@120s] cause:writeFailed
    deadlineCame early: - → awaiting phase:wait upstreamPaused clientFull permit [request@120s clientWrite@60s]
    deadlineCame: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:wait upstreamPaused clientFull cause:clientAborted notRetried:clientGone
    deadlineCame with progress: - → awaiting phase:wait upstreamPaused clientFull permit [request@120s clientWrite@120s]
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:wait upstreamPaused clientFull cause:proxyBug notRetried:policy generated
    replayBodyLost: - → awaiting phase:wait upstreamPaused clientFull permit bodyLost [request@120s clientWrite@60s]
    """
}
