internal import SluiceCore
internal import SluiceIncidents

/// A port that speaks, and not what it is spoken to in. Both ways were tried, so these are certain.
enum SchemeConclusions {
  static func conclusions(_ asked: Asked) -> [Conclusion] {
    let failure = asked.examination.handshake?.value?.cause ?? asked.configured?.cause
    guard let failure else { return [] }
    let evidence = "As configured it ends with \(Shown.text(failure, limit: 40))."
    return otherScheme(asked, evidence) ?? otherProtocol(asked, evidence) ?? []
  }

  private static func otherScheme(_ asked: Asked, _ evidence: String) -> [Conclusion]? {
    let isTLS = asked.examination.target.isTLS
    if let answer = asked.hasAnswer(.otherScheme), let status = answer.status {
      return [
        isTLS
          ? Conclusion(
            "The port of \(asked.here) speaks plain HTTP, and is configured as https",
            next: "Write http:// instead of https:// for this endpoint, or name its TLS port.",
            .root(.wrongScheme, .certain, ["Asked in plain HTTP it answers \(status).", evidence]))
          : Conclusion(
            "The port of \(asked.here) speaks TLS, and is configured as plain http",
            next: "Write https:// instead of http:// for this endpoint, or name its plain port.",
            .root(.wrongScheme, .certain, ["Asked over TLS it answers \(status).", evidence]))
      ]
    }
    // In the clear where it was asked over TLS, a web server says itself that it wants TLS, or the reverse.
    guard !isTLS, asked.configured?.cause == Cause.plaintextToTlsPort.identifier else { return nil }
    return [
      Conclusion(
        "The port of \(asked.here) wants TLS, and is configured as plain http",
        next: "Write https:// instead of http:// for this endpoint, or name its plain port.",
        .root(.wrongScheme, .certain, ["The endpoint's own answer says that it speaks TLS.", evidence]))
    ]
  }

  private static func otherProtocol(_ asked: Asked, _ evidence: String) -> [Conclusion]? {
    guard let answer = asked.hasAnswer(.otherProtocol), let status = answer.status else { return nil }
    let isHTTP2 = answer.version == "HTTP/2"
    let spoken = isHTTP2 ? "HTTP/2" : "HTTP/1.1"
    return [
      Conclusion(
        "The endpoint \(asked.here) speaks \(spoken) and not \(isHTTP2 ? "HTTP/1.1" : "HTTP/2"), which it is asked in",
        next: "Set `protocol: \(isHTTP2 ? "http2" : "http1")` for the upstream.",
        .root(.wrongProtocol, .certain, ["Asked in \(spoken) it answers \(status).", evidence]))
    ]
  }
}
