// swift-format-ignore-file: a table is read by its rows.

extension ExchangeTable {
  /// From the head to the lease.
  static let choosing = """
    ## idle: idle phase:head
    requestArrived: route → routing phase:route
    requestArrived with a body: route → routing phase:route held
    requestRefused: respond(requestLineMalformed) record → finished phase:head cause:requestLineMalformed generated
    headAbandoned: abort record → finished phase:head cause:clientAborted
    clientGone: - → idle phase:head
    clientFull: - → idle phase:head clientFull
    clientReady: - → idle phase:head
    upstreamFull: - → idle phase:head
    upstreamReady: - → idle phase:head
    deadlineCame early: - → idle phase:head
    deadlineCame: - → idle phase:head
    deadlineCame with progress: - → idle phase:head
    bugFound: respond(proxyBug) record → finished phase:head cause:proxyBug generated

    ## routing: routing phase:route
    clientGone: abort record → finished phase:route cause:clientAborted
    clientFull: - → routing phase:route clientFull
    clientReady: - → routing phase:route
    routed: admit → admitting phase:queue [request@121s]
    routedToAnswer: answer record → finished phase:respond generated
    routingFailed: respond(routeNotFound) record → finished phase:route cause:routeNotFound generated
    upstreamFull: - → routing phase:route
    upstreamReady: - → routing phase:route
    deadlineCame early: - → routing phase:route
    deadlineCame: - → routing phase:route
    deadlineCame with progress: - → routing phase:route
    bugFound: respond(proxyBug) record → finished phase:route cause:proxyBug generated

    ## admitting: admitting phase:queue [request@120s]
    clientGone: abort record → finished phase:queue cause:clientAborted
    clientFull: - → admitting phase:queue clientFull [request@120s]
    clientReady: - → admitting phase:queue [request@120s]
    admitted: pick → picking phase:queue permit [request@120s]
    admissionQueued: - → waiting phase:queue [queue@2s request@120s]
    admissionRefused: respond(poolQueueFull) record → finished phase:queue cause:poolQueueFull generated
    upstreamFull: - → admitting phase:queue [request@120s]
    upstreamReady: - → admitting phase:queue [request@120s]
    deadlineCame early: - → admitting phase:queue [request@120s]
    deadlineCame: respond(requestDeadline) record → finished phase:queue cause:requestDeadline generated
    deadlineCame with progress: respond(requestDeadline) record → finished phase:queue cause:requestDeadline generated
    bugFound: respond(proxyBug) record → finished phase:queue cause:proxyBug generated

    ## waiting: waiting phase:queue [queue@1s request@120s]
    clientGone: leaveQueue abort record → finished phase:queue cause:clientAborted
    clientFull: - → waiting phase:queue clientFull [queue@1s request@120s]
    clientReady: - → waiting phase:queue [queue@1s request@120s]
    admitted: pick → picking phase:queue permit [request@120s]
    upstreamFull: - → waiting phase:queue [queue@1s request@120s]
    upstreamReady: - → waiting phase:queue [queue@1s request@120s]
    deadlineCame early: leaveQueue respond(poolQueueTimeout) record → finished phase:queue cause:poolQueueTimeout generated
    deadlineCame: leaveQueue respond(poolQueueTimeout) record → finished phase:queue cause:poolQueueTimeout generated
    deadlineCame with progress: leaveQueue respond(poolQueueTimeout) record → finished phase:queue cause:poolQueueTimeout generated
    bugFound: leaveQueue respond(proxyBug) record → finished phase:queue cause:proxyBug generated

    ## waitingAdaptive: waiting(adaptive) phase:queue [queue@1s request@120s]
    clientGone: leaveQueue abort record → finished phase:queue cause:clientAborted
    clientFull: - → waiting(adaptive) phase:queue clientFull [queue@1s request@120s]
    clientReady: - → waiting(adaptive) phase:queue [queue@1s request@120s]
    admitted: pick → picking phase:queue permit [request@120s]
    upstreamFull: - → waiting(adaptive) phase:queue [queue@1s request@120s]
    upstreamReady: - → waiting(adaptive) phase:queue [queue@1s request@120s]
    deadlineCame early: leaveQueue respond(adaptiveLimitShed) record → finished phase:queue cause:adaptiveLimitShed generated
    deadlineCame: leaveQueue respond(adaptiveLimitShed) record → finished phase:queue cause:adaptiveLimitShed generated
    deadlineCame with progress: leaveQueue respond(adaptiveLimitShed) record → finished phase:queue cause:adaptiveLimitShed generated
    bugFound: leaveQueue respond(proxyBug) record → finished phase:queue cause:proxyBug generated

    ## picking: picking phase:queue permit [request@120s]
    clientGone: releasePermit abort record → finished phase:queue cause:clientAborted
    clientFull: - → picking phase:queue clientFull permit [request@120s]
    clientReady: - → picking phase:queue permit [request@120s]
    picked: lease → leasing phase:connect permit [request@120s]
    pickFailed: releasePermit respond(allUnhealthy) record → finished phase:queue cause:allUnhealthy generated
    upstreamFull: - → picking phase:queue permit [request@120s]
    upstreamReady: - → picking phase:queue permit [request@120s]
    deadlineCame early: - → picking phase:queue permit [request@120s]
    deadlineCame: releasePermit respond(requestDeadline) record → finished phase:queue cause:requestDeadline generated
    deadlineCame with progress: releasePermit respond(requestDeadline) record → finished phase:queue cause:requestDeadline generated
    bugFound: releasePermit respond(proxyBug) record → finished phase:queue cause:proxyBug generated

    ## pickingAgain: picking phase:connect permit [request@120s] cause:connectRefused
    clientGone: releasePermit abort record → finished phase:connect cause:clientAborted notRetried:clientGone
    clientFull: - → picking phase:connect clientFull permit [request@120s] cause:connectRefused
    clientReady: - → picking phase:connect permit [request@120s] cause:connectRefused
    picked: lease → leasing phase:connect permit [request@120s] cause:connectRefused
    pickFailed: releasePermit respond(connectRefused) record → finished phase:connect cause:connectRefused notRetried:noOtherEndpoint generated
    upstreamFull: - → picking phase:connect permit [request@120s] cause:connectRefused
    upstreamReady: - → picking phase:connect permit [request@120s] cause:connectRefused
    deadlineCame early: - → picking phase:connect permit [request@120s] cause:connectRefused
    deadlineCame: releasePermit respond(requestDeadline) record → finished phase:connect cause:requestDeadline notRetried:deadline generated
    deadlineCame with progress: releasePermit respond(requestDeadline) record → finished phase:connect cause:requestDeadline notRetried:deadline generated
    bugFound: releasePermit respond(proxyBug) record → finished phase:connect cause:proxyBug notRetried:policy generated
    pickedAgain: - → pausing phase:connect permit [request@120s pause@2s] cause:connectRefused

    ## retrying: retrying phase:wait permit [request@120s] cause:closedBeforeResponse
    clientGone: releasePermit abort record → finished phase:wait cause:clientAborted notRetried:clientGone
    clientFull: - → retrying phase:wait clientFull permit [request@120s] cause:closedBeforeResponse
    clientReady: - → retrying phase:wait permit [request@120s] cause:closedBeforeResponse
    replayGranted: pick → picking phase:wait permit [request@120s] cause:closedBeforeResponse
    replayRefused: releasePermit respond(closedBeforeResponse) record → finished phase:wait cause:closedBeforeResponse notRetried:budget generated
    upstreamFull: - → retrying phase:wait permit [request@120s] cause:closedBeforeResponse
    upstreamReady: - → retrying phase:wait permit [request@120s] cause:closedBeforeResponse
    deadlineCame early: - → retrying phase:wait permit [request@120s] cause:closedBeforeResponse
    deadlineCame: releasePermit respond(requestDeadline) record → finished phase:wait cause:requestDeadline notRetried:deadline generated
    deadlineCame with progress: releasePermit respond(requestDeadline) record → finished phase:wait cause:requestDeadline notRetried:deadline generated
    bugFound: releasePermit respond(proxyBug) record → finished phase:wait cause:proxyBug notRetried:policy generated

    ## pausing: pausing phase:connect permit [request@120s pause@2s] cause:connectRefused
    clientGone: releasePermit abort record → finished phase:connect cause:clientAborted notRetried:clientGone
    clientFull: - → pausing phase:connect clientFull permit [request@120s pause@2s] cause:connectRefused
    clientReady: - → pausing phase:connect permit [request@120s pause@2s] cause:connectRefused
    upstreamFull: - → pausing phase:connect permit [request@120s pause@2s] cause:connectRefused
    upstreamReady: - → pausing phase:connect permit [request@120s pause@2s] cause:connectRefused
    deadlineCame early: - → pausing phase:connect permit [request@120s pause@2s] cause:connectRefused
    deadlineCame: lease → leasing phase:connect permit [request@120s] cause:connectRefused
    deadlineCame with progress: lease → leasing phase:connect permit [request@120s] cause:connectRefused
    bugFound: releasePermit respond(proxyBug) record → finished phase:connect cause:proxyBug notRetried:policy generated

    ## leasing: leasing phase:connect permit [request@120s]
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:connect cause:clientAborted notRetried:clientGone
    clientFull: - → leasing phase:connect clientFull permit [request@120s]
    clientReady: - → leasing phase:connect permit [request@120s]
    leaseQueued: - → leasing phase:queue permit [queue@2s request@120s]
    connecting: - → leasing phase:connect permit [request@120s]
    leased: sendRequestHead → awaiting phase:wait permit [request@120s responseHead@61s]
    leaseFailed before a byte: endAttempt(connectTimeout) closeUpstream pick → picking phase:connect permit [request@120s] cause:connectTimeout
    leaseFailed for good: endAttempt(ipProhibited) closeUpstream releasePermit respond(ipProhibited) record → finished phase:connect cause:ipProhibited notRetried:policy generated
    upstreamFull: - → leasing phase:connect permit [request@120s]
    upstreamReady: - → leasing phase:connect permit [request@120s]
    deadlineCame early: - → leasing phase:connect permit [request@120s]
    deadlineCame: endAttempt(requestDeadline) closeUpstream releasePermit respond(requestDeadline) record → finished phase:connect cause:requestDeadline notRetried:deadline generated
    deadlineCame with progress: endAttempt(requestDeadline) closeUpstream releasePermit respond(requestDeadline) record → finished phase:connect cause:requestDeadline notRetried:deadline generated
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:connect cause:proxyBug notRetried:policy generated

    ## leasingUpload: leasing phase:connect held permit cause:resetBeforeResponse
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:connect cause:clientAborted notRetried:clientGone
    clientFull: - → leasing phase:connect held clientFull permit cause:resetBeforeResponse
    clientReady: - → leasing phase:connect held permit cause:resetBeforeResponse
    leaseQueued: - → leasing phase:queue held permit [queue@2s] cause:resetBeforeResponse
    connecting: - → leasing phase:connect held permit cause:resetBeforeResponse
    leased: sendRequestHead replayRequestBody startRequestBody → awaiting phase:send arriving permit [clientRead@31s]
    leaseFailed before a byte: endAttempt(connectTimeout) closeUpstream releasePermit respond(connectTimeout) record → finished phase:connect cause:connectTimeout notRetried:attemptsMax generated
    leaseFailed for good: endAttempt(ipProhibited) closeUpstream releasePermit respond(ipProhibited) record → finished phase:connect cause:ipProhibited notRetried:policy generated
    upstreamFull: - → leasing phase:connect held permit cause:resetBeforeResponse
    upstreamReady: - → leasing phase:connect held permit cause:resetBeforeResponse
    deadlineCame early: - → leasing phase:connect held permit cause:resetBeforeResponse
    deadlineCame: - → leasing phase:connect held permit cause:resetBeforeResponse
    deadlineCame with progress: - → leasing phase:connect held permit cause:resetBeforeResponse
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:connect cause:proxyBug notRetried:policy generated

    ## leasingWholeUpload: leasing phase:connect permit [request@120s] cause:resetBeforeResponse
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:connect cause:clientAborted notRetried:clientGone
    clientFull: - → leasing phase:connect clientFull permit [request@120s] cause:resetBeforeResponse
    clientReady: - → leasing phase:connect permit [request@120s] cause:resetBeforeResponse
    leaseQueued: - → leasing phase:queue permit [queue@2s request@120s] cause:resetBeforeResponse
    connecting: - → leasing phase:connect permit [request@120s] cause:resetBeforeResponse
    leased: sendRequestHead replayRequestBody finishRequest → awaiting phase:wait permit [request@120s responseHead@61s]
    leaseFailed before a byte: endAttempt(connectTimeout) closeUpstream releasePermit respond(connectTimeout) record → finished phase:connect cause:connectTimeout notRetried:attemptsMax generated
    leaseFailed for good: endAttempt(ipProhibited) closeUpstream releasePermit respond(ipProhibited) record → finished phase:connect cause:ipProhibited notRetried:policy generated
    upstreamFull: - → leasing phase:connect permit [request@120s] cause:resetBeforeResponse
    upstreamReady: - → leasing phase:connect permit [request@120s] cause:resetBeforeResponse
    deadlineCame early: - → leasing phase:connect permit [request@120s] cause:resetBeforeResponse
    deadlineCame: endAttempt(requestDeadline) closeUpstream releasePermit respond(requestDeadline) record → finished phase:connect cause:requestDeadline notRetried:deadline generated
    deadlineCame with progress: endAttempt(requestDeadline) closeUpstream releasePermit respond(requestDeadline) record → finished phase:connect cause:requestDeadline notRetried:deadline generated
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:connect cause:proxyBug notRetried:policy generated

    ## leasingQueued: leasing phase:queue permit [queue@1s request@120s]
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:queue cause:clientAborted notRetried:clientGone
    clientFull: - → leasing phase:queue clientFull permit [queue@1s request@120s]
    clientReady: - → leasing phase:queue permit [queue@1s request@120s]
    leaseQueued: - → leasing phase:queue permit [queue@2s request@120s]
    connecting: - → leasing phase:connect permit [request@120s]
    leased: sendRequestHead → awaiting phase:wait permit [request@120s responseHead@61s]
    leaseFailed before a byte: endAttempt(connectTimeout) closeUpstream pick → picking phase:queue permit [request@120s] cause:connectTimeout
    leaseFailed for good: endAttempt(ipProhibited) closeUpstream releasePermit respond(ipProhibited) record → finished phase:queue cause:ipProhibited notRetried:policy generated
    upstreamFull: - → leasing phase:queue permit [queue@1s request@120s]
    upstreamReady: - → leasing phase:queue permit [queue@1s request@120s]
    deadlineCame early: endAttempt(poolQueueTimeout) closeUpstream releasePermit respond(poolQueueTimeout) record → finished phase:queue cause:poolQueueTimeout notRetried:deadline generated
    deadlineCame: endAttempt(poolQueueTimeout) closeUpstream releasePermit respond(poolQueueTimeout) record → finished phase:queue cause:poolQueueTimeout notRetried:deadline generated
    deadlineCame with progress: endAttempt(poolQueueTimeout) closeUpstream releasePermit respond(poolQueueTimeout) record → finished phase:queue cause:poolQueueTimeout notRetried:deadline generated
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:queue cause:proxyBug notRetried:policy generated

    ## leasingLast: leasing phase:connect permit [request@120s] cause:connectRefused
    clientGone: endAttempt(clientAborted) closeUpstream releasePermit abort record → finished phase:connect cause:clientAborted notRetried:clientGone
    clientFull: - → leasing phase:connect clientFull permit [request@120s] cause:connectRefused
    clientReady: - → leasing phase:connect permit [request@120s] cause:connectRefused
    leaseQueued: - → leasing phase:queue permit [queue@2s request@120s] cause:connectRefused
    connecting: - → leasing phase:connect permit [request@120s] cause:connectRefused
    leased: sendRequestHead → awaiting phase:wait permit [request@120s responseHead@61s]
    leaseFailed before a byte: endAttempt(connectTimeout) closeUpstream releasePermit respond(connectTimeout) record → finished phase:connect cause:connectTimeout notRetried:attemptsMax generated
    leaseFailed for good: endAttempt(ipProhibited) closeUpstream releasePermit respond(ipProhibited) record → finished phase:connect cause:ipProhibited notRetried:policy generated
    upstreamFull: - → leasing phase:connect permit [request@120s] cause:connectRefused
    upstreamReady: - → leasing phase:connect permit [request@120s] cause:connectRefused
    deadlineCame early: - → leasing phase:connect permit [request@120s] cause:connectRefused
    deadlineCame: endAttempt(requestDeadline) closeUpstream releasePermit respond(requestDeadline) record → finished phase:connect cause:requestDeadline notRetried:deadline generated
    deadlineCame with progress: endAttempt(requestDeadline) closeUpstream releasePermit respond(requestDeadline) record → finished phase:connect cause:requestDeadline notRetried:deadline generated
    bugFound: endAttempt(proxyBug) closeUpstream releasePermit respond(proxyBug) record → finished phase:connect cause:proxyBug notRetried:policy generated
    """
}
