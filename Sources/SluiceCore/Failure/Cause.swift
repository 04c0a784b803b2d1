/// What the gateway observed when something failed: the one enum that every failure becomes at the edge where it is
/// seen.
///
/// Status, RFC 9209 type, owner, replay class, sentences and all else are derived from it in `Cause+*.swift`, each by a
/// switch without a `default`, so that a new case does not compile until every table knows it. What a cause goes back
/// to (a killed process, a deploy) is a diagnosis and never a case of this enum.
///
/// Raw values are for compact storage in this process; what leaves it is `identifier`.
public enum Cause: UInt8, CaseIterable, Hashable, Sendable {
  // MARK: Choosing where a request goes

  /// No route matches the host and path of the request.
  case routeNotFound
  /// A route matches the host and path of the request, but none its method.
  case methodNotAllowed
  /// The upstream has no endpoints.
  case poolEmpty
  /// Every endpoint of the upstream is unhealthy or ejected, and panic mode is off.
  case allUnhealthy
  /// Every endpoint of the upstream is draining.
  case allDraining
  /// A circuit breaker keeps requests from the upstream. Only read in the logs of other proxies.
  case circuitOpen
  /// The request's Via names this gateway: an upstream leads back to it.
  case loopDetected

  // MARK: Resolving a name

  /// The name of the endpoint does not exist (NXDOMAIN).
  case dnsNxdomain
  /// The name server failed to answer for the endpoint's name (SERVFAIL, or an answer that cannot be used).
  case dnsServfail
  /// The name server refused to answer for the endpoint's name (REFUSED).
  case dnsRefused
  /// The endpoint's name exists but has no address (NODATA).
  case dnsNoAddress
  /// No name server answered in time.
  case dnsTimeout

  // MARK: Connecting

  /// The endpoint's machine refused the connection: nothing listens on that port.
  case connectRefused
  /// The connection was reset while it was set up, before a byte of the request was written.
  case connectReset
  /// There is no route to the endpoint's host.
  case hostUnreachable
  /// There is no route to the endpoint's network.
  case netUnreachable
  /// The endpoint did not answer the connection attempt in time: packets are dropped, or its accept queue is full.
  case connectTimeout
  /// The endpoint's address is one that must not be connected to.
  case ipProhibited
  /// The endpoint's Unix socket does not exist.
  case unixSocketMissing
  /// The gateway may not open the endpoint's Unix socket.
  case unixSocketPermission
  /// The endpoint's accept queue is full.
  case backlogFull
  /// No local port is free for another connection to the endpoint (EADDRNOTAVAIL).
  case localPortsExhausted
  /// The gateway has no file descriptor or socket memory left (EMFILE, ENFILE, ENOBUFS, ENOMEM).
  case localFdsOrMemory

  // MARK: TLS to the upstream

  /// The TLS handshake with the endpoint failed.
  case tlsHandshakeFailed
  /// The endpoint and the gateway have no TLS version in common.
  case tlsVersionMismatch
  /// The endpoint and the gateway have no cipher suite, group or signature algorithm in common.
  case tlsCipherMismatch
  /// The endpoint closed the connection in the middle of the TLS handshake.
  case tlsClosedInHandshake
  /// The endpoint ended the connection with a TLS alert.
  case tlsAlert
  /// The endpoint wants a client certificate that the gateway did not send, or does not accept the one it sent.
  case tlsClientCertificateWanted
  /// A certificate of the endpoint's chain has expired.
  case tlsCertExpired
  /// A certificate of the endpoint's chain is not valid yet.
  case tlsCertNotYetValid
  /// The issuer of the endpoint's certificate is not trusted.
  case tlsCertUntrusted
  /// The endpoint's certificate is self-signed and not trusted.
  case tlsCertSelfSigned
  /// The endpoint does not send the intermediate certificates that lead to a trusted root.
  case tlsCertIncompleteChain
  /// The endpoint's certificate is not for the name that the gateway asked for.
  case tlsNameMismatch
  /// The gateway spoke TLS to a port that does not.
  case tlsToPlaintextPort
  /// The gateway spoke plain HTTP to a port that wants TLS.
  case plaintextToTlsPort
  /// The TLS handshake with the endpoint was not finished in time.
  case tlsHandshakeTimeout

  // MARK: The connection while a request is sent and its response awaited

  /// A reused connection was closed by the endpoint before a byte of the response: its idle timeout is shorter than
  /// ours.
  case staleKeepalive
  /// The endpoint closed a fresh connection after the request, without a byte of a response.
  case closedBeforeResponse
  /// The endpoint reset a fresh connection after the request, without a byte of a response.
  case resetBeforeResponse
  /// The endpoint closed or reset the connection while the request was still being sent.
  case writeFailed
  /// The endpoint answered before the request's body had ended; its answer was passed on.
  case earlyFinalResponse
  /// The endpoint took no byte of the request for too long.
  case writeTimeout
  /// The endpoint took the request but sent no response head in time.
  case responseHeaderTimeout
  /// The time for the whole request, all attempts included, ran out before a response head came.
  case requestDeadline
  /// The endpoint sent nothing of the response body for too long.
  case bodyIdleTimeout

  // MARK: The upstream's response

  /// The endpoint closed the connection in the middle of the response head.
  case truncatedHeaders
  /// The endpoint closed the connection before the end that the response had declared.
  case truncatedBody
  /// What the endpoint sent is not HTTP.
  case notHttp
  /// The response head holds a field or status line that HTTP does not allow.
  case invalidHeader
  /// The fields of the response are larger in all than the gateway takes.
  case headerSectionTooLarge
  /// One field of the response is larger than the gateway takes.
  case headerTooLarge
  /// The response does not say clearly where its body ends.
  case badFraming
  /// The chunked coding of the response is broken.
  case badChunk
  /// The endpoint sent bytes after the declared end of its response; they were dropped and the connection closed.
  case excessBody
  /// The response body is larger than the configured limit.
  case bodyTooLarge
  /// The content coding of the response is broken.
  case badContentCoding
  /// The endpoint's 101 does not fit the upgrade that was asked for.
  case upgradeFailed
  /// The endpoint answered 101 although no upgrade was asked for.
  case unexpectedUpgrade
  /// The application itself answered with a 5xx; its answer was passed on.
  case upstreamStatus

  // MARK: HTTP/2 to the upstream

  /// The endpoint closed its HTTP/2 connection and named this request as not processed (GOAWAY).
  case h2GoawayUnprocessed
  /// The endpoint refused the HTTP/2 stream before it processed the request (REFUSED_STREAM).
  case h2RefusedStream
  /// The endpoint reset the HTTP/2 stream of the request.
  case h2StreamReset
  /// The endpoint broke the rules of HTTP/2.
  case h2ProtocolViolation
  /// The endpoint did not answer a PING on its HTTP/2 connection in time.
  case h2PingTimeout

  // MARK: Limits

  /// As many requests wait for the upstream as may wait.
  case poolQueueFull
  /// The request waited for its turn at the upstream for longer than the queue allows.
  case poolQueueTimeout
  /// The adaptive limit on requests at the upstream was reached.
  case adaptiveLimitShed
  /// The upstream fails so often that only a part of its requests is let through.
  case admissionShed
  /// The client sent more requests than its rate limit allows.
  case rateLimited
  /// The gateway is draining before it stops.
  case proxyDraining

  // MARK: The client

  /// The client closed the connection before its response was complete. The status stands in logs only: nothing is
  /// sent.
  case clientAborted
  /// The client sent nothing of the request body for too long.
  case clientBodyTimeout
  /// The request is malformed in a way that no narrower cause names.
  case clientMalformed
  /// The request's head was not complete in time.
  case requestHeadTimeout
  /// The request line does not follow RFC 9112 section 3.
  case requestLineMalformed
  /// The request target is malformed, or two servers may read it differently.
  case requestTargetRefused
  /// The request's Host is missing, repeated, malformed, or differs from its target.
  case requestHostInvalid
  /// A field line of the request does not follow RFC 9112 section 5.
  case requestFieldInvalid
  /// The request's Content-Length and Transfer-Encoding do not say clearly where its body ends.
  case requestFramingAmbiguous
  /// The chunked coding of the request does not follow RFC 9112 section 7.1.
  case requestChunkInvalid
  /// What the client sent is not HTTP.
  case requestNotHttp
  /// The client spoke TLS to a listener without TLS.
  case requestTlsOnPlaintextPort
  /// The client spoke plain HTTP to a listener with TLS.
  case requestPlaintextOnTlsPort
  /// The request body is larger than the route allows.
  case requestBodyTooLarge
  /// The request line is longer than the listener allows.
  case requestLineTooLong
  /// The request's Expect is not 100-continue.
  case requestExpectationFailed
  /// The request's fields are larger or more than the listener allows.
  case requestHeadTooLarge
  /// The request has a transfer coding other than chunked.
  case requestCodingUnsupported
  /// The request's HTTP version is not 1.0, 1.1 or 2.
  case requestVersionUnsupported

  // MARK: The gateway itself

  /// The gateway found itself in a state that must not exist.
  case proxyBug
}
