public import SluiceCore

extension ProxyErrorType {
  /// The types stand in the RFC in the order of the enum, one section each.
  public var section: String { "RFC 9209, section 2.3.\(rawValue + 1)" }

  public var guideText: TypeText {
    switch self {
    case .dnsTimeout: TypeText("The proxy asked for the address of the next hop, and no name server answered in time.")
    case .dnsError:
      TypeText(
        "A name server answered with an error when the proxy asked for the next hop.",
        [
          GuideFact("rcode", "the DNS response code, such as NXDOMAIN"),
          GuideFact("info-code", "a number that tells more (extended DNS errors, RFC 8914)"),
        ])
    case .destinationNotFound:
      TypeText(
        "The proxy does not know where the request should go: no route fits it. A proxy for public sites may answer 404 instead of the recommended 500, as this gateway does."
      )
    case .destinationUnavailable:
      TypeText(
        "The proxy knows where the request should go and takes the whole of it for unavailable, so that it did not try: health checks failed, or it is switched off."
      )
    case .destinationIPProhibited:
      TypeText(
        "The address to which the request would go is one that the proxy must not connect to, for instance inside of its own network."
      )
    case .destinationIPUnroutable: TypeText("The proxy has no route to the address of the next hop.")
    case .connectionRefused: TypeText("The next hop refused the connection.")
    case .connectionTerminated:
      TypeText("The connection to the next hop was closed before the response was complete.", mayFollowHead: true)
    case .connectionTimeout: TypeText("The connection to the next hop did not come about in time.")
    case .connectionReadTimeout:
      TypeText(
        "The proxy waited for data of the next hop over an open connection, and none came in time.", mayFollowHead: true
      )
    case .connectionWriteTimeout:
      TypeText(
        "The proxy wanted to write to the next hop over an open connection, and could not in time.", mayFollowHead: true
      )
    case .connectionLimitReached:
      TypeText("The proxy is set to a number of connections to the next hop, and has reached it.")
    case .tlsProtocolError:
      TypeText("TLS with the next hop failed, in the handshake or later.", mayFollowHead: true)
    case .tlsCertificateError:
      TypeText(
        "The certificate of the next hop could not be verified: expired, for another name, of an issuer that is not trusted."
      )
    case .tlsAlertReceived:
      TypeText(
        "The next hop ended TLS with an alert.",
        [
          GuideFact("alert-id", "the number of the alert"),
          GuideFact("alert-message", "its name, such as handshake_failure"),
        ], mayFollowHead: true)
    case .httpRequestError:
      TypeText(
        "The request is wrong in itself, and the proxy answered in place of the next hop.",
        [
          GuideFact("status-code", "the status that was answered"),
          GuideFact("status-phrase", "its reason phrase"),
        ])
    case .httpRequestDenied: TypeText("The proxy refuses to pass the request on: a rule, a sign-in, or a rate limit.")
    case .httpResponseIncomplete:
      TypeText("The response of the next hop ended before it was complete.", mayFollowHead: true)
    case .httpResponseHeaderSectionSize:
      TypeText(
        "The fields of the response are larger in all than the proxy takes.",
        [GuideFact("header-section-size", "how large they were, or how much had come when it gave up")],
        mayFollowHead: true)
    case .httpResponseHeaderSize:
      TypeText(
        "One field line of the response is larger than the proxy takes.",
        [GuideFact("header-name", "which one"), GuideFact("header-size", "how large it was")], mayFollowHead: true)
    case .httpResponseBodySize:
      TypeText(
        "The body of the response is larger than the proxy takes.",
        [GuideFact("body-size", "how large it was, or how much had come when it gave up")], mayFollowHead: true)
    case .httpResponseTrailerSectionSize:
      TypeText(
        "The trailers of the response are larger in all than the proxy takes.",
        [GuideFact("trailer-section-size", "how large they were")], mayFollowHead: true)
    case .httpResponseTrailerSize:
      TypeText(
        "One trailer of the response is larger than the proxy takes.",
        [GuideFact("trailer-name", "which one"), GuideFact("trailer-size", "how large it was")], mayFollowHead: true)
    case .httpResponseTransferCoding:
      TypeText(
        "The transfer coding of the response is broken or not known, such as a wrong chunk.",
        [GuideFact("coding", "which coding")], mayFollowHead: true)
    case .httpResponseContentCoding:
      TypeText(
        "The content coding of the response is broken: what says gzip is none.",
        [GuideFact("coding", "which coding")], mayFollowHead: true)
    case .httpResponseTimeout:
      TypeText("The proxy waited for the whole response, and its time was over.", mayFollowHead: true)
    case .httpUpgradeFailed:
      TypeText(
        "The change of protocol that the request asked for failed between proxy and next hop.")
    case .httpProtocolError:
      TypeText("The next hop broke a rule of HTTP for which there is no narrower type.", mayFollowHead: true)
    case .proxyInternalResponse: TypeText("The proxy made the response itself, on purpose, and asked no next hop.")
    case .proxyInternalError: TypeText("The proxy failed by a mistake or a lack of resources of its own.")
    case .proxyConfigurationError: TypeText("The proxy failed because of its own configuration.")
    case .proxyLoopDetected: TypeText("The request came back to the proxy that had sent it.")
    }
  }
}
