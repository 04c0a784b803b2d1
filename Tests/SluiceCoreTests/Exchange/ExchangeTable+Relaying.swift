// swift-format-ignore-file: a table is read by its rows.

extension ExchangeTable {
  /// The final head has gone out.
  static let relaying = """
    ## relaying: relaying(0) phase:receive permit [upstreamRead@60s]
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:receive cause:clientAborted notRetried:clientGone aborted
    clientFull: pauseUpstream → relaying(0) phase:receive upstreamPaused clientFull permit [clientWrite@61s]
    clientReady: - → relaying(0) phase:receive permit [upstreamRead@60s]
    upstreamFull: pauseClient → relaying(0) phase:receive clientPaused permit [upstreamRead@60s upstreamWrite@61s]
    upstreamReady: - → relaying(0) phase:receive permit [upstreamRead@60s]
    responseBodyArrived: forwardResponseBody → relaying(100) phase:receive permit [upstreamRead@61s]
    responseBodyArrived beyond the limit: endAttempt(bodyTooLarge) closeUpstream releasePermit abort record → finished phase:receive cause:bodyTooLarge notRetried:responseStarted aborted
    responseEnded: finishResponse endAttempt(ok) releaseUpstream releasePermit finishClient(reuse) record → finished phase:done
    responseRefused: endAttempt(notHttp) closeUpstream releasePermit abort record → finished phase:receive cause:notHttp notRetried:responseStarted aborted
    upstreamEnded closed: endAttempt(truncatedBody) closeUpstream releasePermit abort record → finished phase:receive cause:truncatedBody notRetried:responseStarted aborted
    upstreamEnded closed after bytes: endAttempt(truncatedBody) closeUpstream releasePermit abort record → finished phase:receive cause:truncatedBody notRetried:responseStarted aborted
    upstreamEnded reset: endAttempt(truncatedBody) closeUpstream releasePermit abort record → finished phase:receive cause:truncatedBody notRetried:responseStarted aborted
    upstreamEnded writeFailed: - → relaying(0) phase:receive permit [upstreamRead@60s]
    deadlineCame early: - → relaying(0) phase:receive permit [upstreamRead@60s]
    deadlineCame: endAttempt(bodyIdleTimeout) closeUpstream releasePermit abort record → finished phase:receive cause:bodyIdleTimeout notRetried:responseStarted aborted
    deadlineCame with progress: endAttempt(bodyIdleTimeout) closeUpstream releasePermit abort record → finished phase:receive cause:bodyIdleTimeout notRetried:responseStarted aborted
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit abort record → finished phase:receive cause:proxyBug notRetried:responseStarted aborted

    ## relayingUpload: relaying(0) phase:receive arriving permit [clientRead@30s upstreamRead@60s]
    requestBodyArrived: forwardRequestBody → relaying(0) phase:receive arriving permit bodyLost [clientRead@31s upstreamRead@60s]
    requestBodyArrived beyond the limit: - → relaying(0) phase:receive abandoned permit [upstreamRead@60s]
    requestEnded: finishRequest → relaying(0) phase:receive permit [upstreamRead@60s]
    requestBodyRefused: endAttempt(requestChunkInvalid) closeUpstream releasePermit abort record → finished phase:receive cause:requestChunkInvalid notRetried:responseStarted aborted
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:receive cause:clientAborted notRetried:clientGone aborted
    clientFull: pauseUpstream → relaying(0) phase:receive arriving upstreamPaused clientFull permit [clientRead@30s clientWrite@61s]
    clientReady: - → relaying(0) phase:receive arriving permit [clientRead@30s upstreamRead@60s]
    upstreamFull: pauseClient → relaying(0) phase:receive arriving clientPaused permit [upstreamRead@60s upstreamWrite@61s]
    upstreamReady: - → relaying(0) phase:receive arriving permit [clientRead@30s upstreamRead@60s]
    responseBodyArrived: forwardResponseBody → relaying(100) phase:receive arriving permit [clientRead@30s upstreamRead@61s]
    responseBodyArrived beyond the limit: endAttempt(bodyTooLarge) closeUpstream releasePermit abort record → finished phase:receive cause:bodyTooLarge notRetried:responseStarted aborted
    responseEnded: finishResponse endAttempt(ok) closeUpstream releasePermit finishClient(close) record → finished phase:done
    responseRefused: endAttempt(notHttp) closeUpstream releasePermit abort record → finished phase:receive cause:notHttp notRetried:responseStarted aborted
    upstreamEnded closed: endAttempt(truncatedBody) closeUpstream releasePermit abort record → finished phase:receive cause:truncatedBody notRetried:responseStarted aborted
    upstreamEnded closed after bytes: endAttempt(truncatedBody) closeUpstream releasePermit abort record → finished phase:receive cause:truncatedBody notRetried:responseStarted aborted
    upstreamEnded reset: endAttempt(truncatedBody) closeUpstream releasePermit abort record → finished phase:receive cause:truncatedBody notRetried:responseStarted aborted
    upstreamEnded writeFailed: - → relaying(0) phase:receive arriving permit [clientRead@30s upstreamRead@60s]
    deadlineCame early: - → relaying(0) phase:receive arriving permit [clientRead@30s upstreamRead@60s]
    deadlineCame: - → relaying(0) phase:receive abandoned permit [upstreamRead@60s]
    deadlineCame with progress: - → relaying(0) phase:receive abandoned permit [upstreamRead@60s]
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit abort record → finished phase:receive cause:proxyBug notRetried:responseStarted aborted

    ## relayingAbandoned: relaying(0) phase:receive abandoned permit [upstreamRead@60s]
    requestBodyArrived: - → relaying(0) phase:receive abandoned permit [upstreamRead@60s]
    requestBodyArrived beyond the limit: - → relaying(0) phase:receive abandoned permit [upstreamRead@60s]
    requestEnded: - → relaying(0) phase:receive abandoned permit [upstreamRead@60s]
    requestBodyRefused: - → relaying(0) phase:receive abandoned permit [upstreamRead@60s]
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:receive cause:clientAborted notRetried:clientGone aborted
    clientFull: pauseUpstream → relaying(0) phase:receive abandoned upstreamPaused clientFull permit [clientWrite@61s]
    clientReady: - → relaying(0) phase:receive abandoned permit [upstreamRead@60s]
    upstreamFull: - → relaying(0) phase:receive abandoned permit [upstreamRead@60s]
    upstreamReady: - → relaying(0) phase:receive abandoned permit [upstreamRead@60s]
    responseBodyArrived: forwardResponseBody → relaying(100) phase:receive abandoned permit [upstreamRead@61s]
    responseBodyArrived beyond the limit: endAttempt(bodyTooLarge) closeUpstream releasePermit abort record → finished phase:receive cause:bodyTooLarge notRetried:responseStarted aborted
    responseEnded: finishResponse endAttempt(ok) closeUpstream releasePermit finishClient(close) record → finished phase:done
    responseRefused: endAttempt(notHttp) closeUpstream releasePermit abort record → finished phase:receive cause:notHttp notRetried:responseStarted aborted
    upstreamEnded closed: endAttempt(truncatedBody) closeUpstream releasePermit abort record → finished phase:receive cause:truncatedBody notRetried:responseStarted aborted
    upstreamEnded closed after bytes: endAttempt(truncatedBody) closeUpstream releasePermit abort record → finished phase:receive cause:truncatedBody notRetried:responseStarted aborted
    upstreamEnded reset: endAttempt(truncatedBody) closeUpstream releasePermit abort record → finished phase:receive cause:truncatedBody notRetried:responseStarted aborted
    upstreamEnded writeFailed: - → relaying(0) phase:receive abandoned permit [upstreamRead@60s]
    deadlineCame early: - → relaying(0) phase:receive abandoned permit [upstreamRead@60s]
    deadlineCame: endAttempt(bodyIdleTimeout) closeUpstream releasePermit abort record → finished phase:receive cause:bodyIdleTimeout notRetried:responseStarted aborted
    deadlineCame with progress: endAttempt(bodyIdleTimeout) closeUpstream releasePermit abort record → finished phase:receive cause:bodyIdleTimeout notRetried:responseStarted aborted
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit abort record → finished phase:receive cause:proxyBug notRetried:responseStarted aborted

    ## relayingPaused: relaying(0) phase:receive upstreamPaused clientFull permit [clientWrite@60s]
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:receive upstreamPaused clientFull cause:clientAborted notRetried:clientGone aborted
    clientFull: - → relaying(0) phase:receive upstreamPaused clientFull permit [clientWrite@60s]
    clientReady: resumeUpstream → relaying(0) phase:receive permit [upstreamRead@61s]
    upstreamFull: pauseClient → relaying(0) phase:receive clientPaused upstreamPaused clientFull permit [clientWrite@60s upstreamWrite@61s]
    upstreamReady: - → relaying(0) phase:receive upstreamPaused clientFull permit [clientWrite@60s]
    responseBodyArrived: forwardResponseBody → relaying(100) phase:receive upstreamPaused clientFull permit [clientWrite@60s]
    responseBodyArrived beyond the limit: endAttempt(bodyTooLarge) closeUpstream releasePermit abort record → finished phase:receive upstreamPaused clientFull cause:bodyTooLarge notRetried:responseStarted aborted
    responseEnded: finishResponse endAttempt(ok) releaseUpstream releasePermit → flushing(reuse) phase:receive clientFull [clientWrite@60s]
    responseRefused: endAttempt(notHttp) closeUpstream releasePermit abort record → finished phase:receive upstreamPaused clientFull cause:notHttp notRetried:responseStarted aborted
    upstreamEnded closed: endAttempt(truncatedBody) closeUpstream releasePermit abort record → finished phase:receive upstreamPaused clientFull cause:truncatedBody notRetried:responseStarted aborted
    upstreamEnded closed after bytes: endAttempt(truncatedBody) closeUpstream releasePermit abort record → finished phase:receive upstreamPaused clientFull cause:truncatedBody notRetried:responseStarted aborted
    upstreamEnded reset: endAttempt(truncatedBody) closeUpstream releasePermit abort record → finished phase:receive upstreamPaused clientFull cause:truncatedBody notRetried:responseStarted aborted
    upstreamEnded writeFailed: - → relaying(0) phase:receive upstreamPaused clientFull permit [clientWrite@60s]
    deadlineCame early: - → relaying(0) phase:receive upstreamPaused clientFull permit [clientWrite@60s]
    deadlineCame: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:receive upstreamPaused clientFull cause:clientAborted notRetried:clientGone aborted
    deadlineCame with progress: - → relaying(0) phase:receive upstreamPaused clientFull permit [clientWrite@120s]
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit abort record → finished phase:receive upstreamPaused clientFull cause:proxyBug notRetried:responseStarted aborted

    ## relayingUntilClose: relaying(0) phase:receive permit [upstreamRead@60s]
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:receive cause:clientAborted notRetried:clientGone aborted
    clientFull: pauseUpstream → relaying(0) phase:receive upstreamPaused clientFull permit [clientWrite@61s]
    clientReady: - → relaying(0) phase:receive permit [upstreamRead@60s]
    upstreamFull: pauseClient → relaying(0) phase:receive clientPaused permit [upstreamRead@60s upstreamWrite@61s]
    upstreamReady: - → relaying(0) phase:receive permit [upstreamRead@60s]
    responseBodyArrived: forwardResponseBody → relaying(100) phase:receive permit [upstreamRead@61s]
    responseBodyArrived beyond the limit: endAttempt(bodyTooLarge) closeUpstream releasePermit abort record → finished phase:receive cause:bodyTooLarge notRetried:responseStarted aborted
    responseEnded: finishResponse endAttempt(ok) closeUpstream releasePermit finishClient(reuse) record → finished phase:done
    responseRefused: endAttempt(notHttp) closeUpstream releasePermit abort record → finished phase:receive cause:notHttp notRetried:responseStarted aborted
    upstreamEnded closed: finishResponse endAttempt(ok) closeUpstream releasePermit finishClient(reuse) record → finished phase:done
    upstreamEnded closed after bytes: finishResponse endAttempt(ok) closeUpstream releasePermit finishClient(reuse) record → finished phase:done
    upstreamEnded reset: endAttempt(truncatedBody) closeUpstream releasePermit abort record → finished phase:receive cause:truncatedBody notRetried:responseStarted aborted
    upstreamEnded writeFailed: - → relaying(0) phase:receive permit [upstreamRead@60s]
    deadlineCame early: - → relaying(0) phase:receive permit [upstreamRead@60s]
    deadlineCame: endAttempt(bodyIdleTimeout) closeUpstream releasePermit abort record → finished phase:receive cause:bodyIdleTimeout notRetried:responseStarted aborted
    deadlineCame with progress: endAttempt(bodyIdleTimeout) closeUpstream releasePermit abort record → finished phase:receive cause:bodyIdleTimeout notRetried:responseStarted aborted
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit abort record → finished phase:receive cause:proxyBug notRetried:responseStarted aborted

    ## relayingOldClient: relaying(0) phase:receive permit [upstreamRead@60s]
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort(reset) record → finished phase:receive cause:clientAborted notRetried:clientGone aborted
    clientFull: pauseUpstream → relaying(0) phase:receive upstreamPaused clientFull permit [clientWrite@61s]
    clientReady: - → relaying(0) phase:receive permit [upstreamRead@60s]
    upstreamFull: pauseClient → relaying(0) phase:receive clientPaused permit [upstreamRead@60s upstreamWrite@61s]
    upstreamReady: - → relaying(0) phase:receive permit [upstreamRead@60s]
    responseBodyArrived: forwardResponseBody → relaying(100) phase:receive permit [upstreamRead@61s]
    responseBodyArrived beyond the limit: endAttempt(bodyTooLarge) closeUpstream releasePermit abort(reset) record → finished phase:receive cause:bodyTooLarge notRetried:responseStarted aborted
    responseEnded: finishResponse endAttempt(ok) closeUpstream releasePermit finishClient(close) record → finished phase:done
    responseRefused: endAttempt(notHttp) closeUpstream releasePermit abort(reset) record → finished phase:receive cause:notHttp notRetried:responseStarted aborted
    upstreamEnded closed: finishResponse endAttempt(ok) closeUpstream releasePermit finishClient(close) record → finished phase:done
    upstreamEnded closed after bytes: finishResponse endAttempt(ok) closeUpstream releasePermit finishClient(close) record → finished phase:done
    upstreamEnded reset: endAttempt(truncatedBody) closeUpstream releasePermit abort(reset) record → finished phase:receive cause:truncatedBody notRetried:responseStarted aborted
    upstreamEnded writeFailed: - → relaying(0) phase:receive permit [upstreamRead@60s]
    deadlineCame early: - → relaying(0) phase:receive permit [upstreamRead@60s]
    deadlineCame: endAttempt(bodyIdleTimeout) closeUpstream releasePermit abort(reset) record → finished phase:receive cause:bodyIdleTimeout notRetried:responseStarted aborted
    deadlineCame with progress: endAttempt(bodyIdleTimeout) closeUpstream releasePermit abort(reset) record → finished phase:receive cause:bodyIdleTimeout notRetried:responseStarted aborted
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit abort(reset) record → finished phase:receive cause:proxyBug notRetried:responseStarted aborted
    """
}
