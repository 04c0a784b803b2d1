// swift-format-ignore-file: a table is read by its rows.

extension ExchangeTable {
  /// Tunnels, the last bytes, and after the end.
  static let ending = """
    ## tunnelling: tunnelling(<>) phase:tunnel permit [upstreamRead@3600s]
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort(reset) record → finished phase:tunnel cause:clientAborted notRetried:clientGone aborted
    clientFull: pauseUpstream → tunnelling(<>) phase:tunnel upstreamPaused clientFull permit [clientWrite@61s]
    clientReady: - → tunnelling(<>) phase:tunnel permit [upstreamRead@3600s]
    upstreamFull: pauseClient → tunnelling(<>) phase:tunnel clientPaused permit [upstreamRead@3600s upstreamWrite@3601s]
    upstreamReady: - → tunnelling(<>) phase:tunnel permit [upstreamRead@3600s]
    upstreamEnded closed: endAttempt(ok) closeUpstream releasePermit finishClient(close) record → finished phase:done
    upstreamEnded closed after bytes: endAttempt(ok) closeUpstream releasePermit finishClient(close) record → finished phase:done
    upstreamEnded reset: endAttempt(ok) closeUpstream releasePermit finishClient(close) record → finished phase:done
    upstreamEnded writeFailed: endAttempt(ok) closeUpstream releasePermit finishClient(close) record → finished phase:done
    tunnelBytesArrived from downstream: forwardTunnelBytes(downstream) → tunnelling(<>) phase:tunnel permit [upstreamRead@3601s]
    tunnelBytesArrived from upstream: forwardTunnelBytes(upstream) → tunnelling(<>) phase:tunnel permit [upstreamRead@3601s]
    tunnelHalfEnded downstream: halfClose(upstream) → tunnelling(->) phase:tunnel permit [upstreamRead@3601s]
    tunnelHalfEnded upstream: halfClose(downstream) → tunnelling(<-) phase:tunnel permit [upstreamRead@3601s]
    deadlineCame early: - → tunnelling(<>) phase:tunnel permit [upstreamRead@3600s]
    deadlineCame: endAttempt(bodyIdleTimeout) closeUpstream releasePermit abort(reset) record → finished phase:tunnel cause:bodyIdleTimeout notRetried:responseStarted aborted
    deadlineCame with progress: endAttempt(bodyIdleTimeout) closeUpstream releasePermit abort(reset) record → finished phase:tunnel cause:bodyIdleTimeout notRetried:responseStarted aborted
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit abort(reset) record → finished phase:tunnel cause:proxyBug notRetried:responseStarted aborted

    ## tunnellingHalf: tunnelling(->) phase:tunnel permit [upstreamRead@3600s]
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort(reset) record → finished phase:tunnel cause:clientAborted notRetried:clientGone aborted
    clientFull: pauseUpstream → tunnelling(->) phase:tunnel upstreamPaused clientFull permit [clientWrite@61s]
    clientReady: - → tunnelling(->) phase:tunnel permit [upstreamRead@3600s]
    upstreamFull: pauseClient → tunnelling(->) phase:tunnel clientPaused permit [upstreamRead@3600s upstreamWrite@3601s]
    upstreamReady: - → tunnelling(->) phase:tunnel permit [upstreamRead@3600s]
    upstreamEnded closed: endAttempt(ok) closeUpstream releasePermit finishClient(close) record → finished phase:done
    upstreamEnded closed after bytes: endAttempt(ok) closeUpstream releasePermit finishClient(close) record → finished phase:done
    upstreamEnded reset: endAttempt(ok) closeUpstream releasePermit finishClient(close) record → finished phase:done
    upstreamEnded writeFailed: endAttempt(ok) closeUpstream releasePermit finishClient(close) record → finished phase:done
    tunnelBytesArrived from upstream: forwardTunnelBytes(upstream) → tunnelling(->) phase:tunnel permit [upstreamRead@3601s]
    tunnelHalfEnded downstream: - → tunnelling(->) phase:tunnel permit [upstreamRead@3600s]
    tunnelHalfEnded upstream: endAttempt(ok) closeUpstream releasePermit finishClient(close) record → finished phase:done
    deadlineCame early: - → tunnelling(->) phase:tunnel permit [upstreamRead@3600s]
    deadlineCame: endAttempt(bodyIdleTimeout) closeUpstream releasePermit abort(reset) record → finished phase:tunnel cause:bodyIdleTimeout notRetried:responseStarted aborted
    deadlineCame with progress: endAttempt(bodyIdleTimeout) closeUpstream releasePermit abort(reset) record → finished phase:tunnel cause:bodyIdleTimeout notRetried:responseStarted aborted
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit abort(reset) record → finished phase:tunnel cause:proxyBug notRetried:responseStarted aborted

    ## flushing: flushing(reuse) phase:receive clientFull [clientWrite@60s]
    clientGone: abort(reset) record → finished phase:receive clientFull cause:clientAborted aborted
    clientFull: - → flushing(reuse) phase:receive clientFull [clientWrite@60s]
    clientReady: finishClient(reuse) record → finished phase:done
    upstreamFull: - → flushing(reuse) phase:receive clientFull [clientWrite@60s]
    upstreamReady: - → flushing(reuse) phase:receive clientFull [clientWrite@60s]
    upstreamEnded closed: - → flushing(reuse) phase:receive clientFull [clientWrite@60s]
    upstreamEnded closed after bytes: - → flushing(reuse) phase:receive clientFull [clientWrite@60s]
    upstreamEnded reset: - → flushing(reuse) phase:receive clientFull [clientWrite@60s]
    upstreamEnded writeFailed: - → flushing(reuse) phase:receive clientFull [clientWrite@60s]
    deadlineCame early: - → flushing(reuse) phase:receive clientFull [clientWrite@60s]
    deadlineCame: abort(reset) record → finished phase:receive clientFull cause:clientAborted aborted
    deadlineCame with progress: - → flushing(reuse) phase:receive clientFull [clientWrite@120s]
    bugFound: abort(reset) record → finished phase:receive clientFull cause:proxyBug aborted

    ## flushingUpload: flushing(close) phase:receive arriving clientFull [clientWrite@60s]
    requestBodyArrived: - → flushing(close) phase:receive arriving clientFull [clientWrite@60s]
    requestBodyArrived beyond the limit: - → flushing(close) phase:receive arriving clientFull [clientWrite@60s]
    requestEnded: - → flushing(close) phase:receive clientFull [clientWrite@60s]
    requestBodyRefused: - → flushing(close) phase:receive arriving clientFull [clientWrite@60s]
    clientGone: abort(reset) record → finished phase:receive clientFull cause:clientAborted aborted
    clientFull: - → flushing(close) phase:receive arriving clientFull [clientWrite@60s]
    clientReady: finishClient(close) record → finished phase:done
    upstreamFull: - → flushing(close) phase:receive arriving clientFull [clientWrite@60s]
    upstreamReady: - → flushing(close) phase:receive arriving clientFull [clientWrite@60s]
    upstreamEnded closed: - → flushing(close) phase:receive arriving clientFull [clientWrite@60s]
    upstreamEnded closed after bytes: - → flushing(close) phase:receive arriving clientFull [clientWrite@60s]
    upstreamEnded reset: - → flushing(close) phase:receive arriving clientFull [clientWrite@60s]
    upstreamEnded writeFailed: - → flushing(close) phase:receive arriving clientFull [clientWrite@60s]
    deadlineCame early: - → flushing(close) phase:receive arriving clientFull [clientWrite@60s]
    deadlineCame: abort(reset) record → finished phase:receive clientFull cause:clientAborted aborted
    deadlineCame with progress: - → flushing(close) phase:receive arriving clientFull [clientWrite@120s]
    bugFound: abort(reset) record → finished phase:receive clientFull cause:proxyBug aborted

    ## finished: finished phase:done
    requestBodyArrived: - → finished phase:done
    requestBodyArrived beyond the limit: - → finished phase:done
    requestEnded: - → finished phase:done
    requestBodyRefused: - → finished phase:done
    clientGone: - → finished phase:done
    clientFull: - → finished phase:done clientFull
    clientReady: - → finished phase:done
    upstreamFull: - → finished phase:done
    upstreamReady: - → finished phase:done
    responseBodyArrived: - → finished phase:done
    responseBodyArrived beyond the limit: - → finished phase:done
    responseEnded: - → finished phase:done
    upstreamEnded closed: - → finished phase:done
    upstreamEnded closed after bytes: - → finished phase:done
    upstreamEnded reset: - → finished phase:done
    upstreamEnded writeFailed: - → finished phase:done
    tunnelBytesArrived from downstream: - → finished phase:done
    tunnelBytesArrived from upstream: - → finished phase:done
    tunnelHalfEnded downstream: - → finished phase:done
    tunnelHalfEnded upstream: - → finished phase:done
    deadlineCame early: - → finished phase:done
    deadlineCame: - → finished phase:done
    deadlineCame with progress: - → finished phase:done
    bugFound: - → finished phase:done
    """
}
