internal import SluiceCore

/// The page of an error type of RFC 9209.
struct TypePageMaker {
  let type: ProxyErrorType
  let text: TypeText

  init(_ type: ProxyErrorType) {
    self.type = type
    text = type.guideText
  }

  var page: GuidePage {
    GuidePage(
      id: .type(type), title: type.identifier, lead: Comparison.firstSentence(text.meaning),
      facts: [
        GuideFact("Field", "`Proxy-Status: NAME; error=\(type.identifier)`"),
        GuideFact("Recommended status", recommended),
        GuideFact("Section", type.section),
        GuideFact(
          "Parameters of its own",
          text.parameters.isEmpty ? "none" : text.parameters.map { "`\($0.name)`" }.joined(separator: ", ")),
        GuideFact(
          "May stand on a response that was passed on",
          text.mayFollowHead ? "yes, also as a trailer" : "no, only on one that a proxy made"),
      ],
      sections: [
        GuideSection("meaning", "What it means", [.paragraph(text.meaning)]),
        GuideSection(
          "parameters", "Parameters", list: (text.parameters + general).map { "`\($0.name)`: \($0.value)" }),
        GuideSection("causes", "Which causes of this gateway use it", causeBlocks),
      ],
      brief: GuideBrief(
        what: text.meaning, who: "a proxy on the way, named in Proxy-Status",
        why: causes.map { "`\($0.identifier)`: \($0.summary)" },
        steps: [GuideStep("What does the field say?", "curl -si URL | grep -i proxy-status")],
        remedies: ["Open the page of the cause that stands in details, or of one above."]),
      related: (type.recommendedStatus.map { [.status(Int($0))] } ?? []) + causes.prefix(6).map { .cause($0) })
  }

  private var causes: [Cause] { Cause.allCases.filter { $0.proxyErrorType == type } }

  private var causeBlocks: [GuideBlock] {
    guard causes.isEmpty else { return [.list(causes.map { "`\($0.identifier)`: \($0.summary)" })] }
    switch type {
    case .httpResponseTrailerSectionSize:
      return [.paragraph("`header_section_too_large`, where the broken rule is one about trailers.")]
    case .httpResponseTrailerSize, .tlsAlertReceived, .dnsTimeout, .dnsError, .destinationNotFound,
      .destinationUnavailable, .destinationIPProhibited, .destinationIPUnroutable, .connectionRefused,
      .connectionTerminated, .connectionTimeout, .connectionReadTimeout, .connectionWriteTimeout,
      .connectionLimitReached, .tlsProtocolError, .tlsCertificateError, .httpRequestError, .httpRequestDenied,
      .httpResponseIncomplete, .httpResponseHeaderSectionSize, .httpResponseHeaderSize, .httpResponseBodySize,
      .httpResponseTransferCoding, .httpResponseContentCoding, .httpResponseTimeout, .httpUpgradeFailed,
      .httpProtocolError, .proxyInternalResponse, .proxyInternalError, .proxyConfigurationError,
      .proxyLoopDetected:
      return [.paragraph("None. This gateway never sends it.")]
    }
  }

  private var recommended: String {
    if let status = type.recommendedStatus { return "`\(status)`" }
    switch type {
    case .httpRequestError: return "the 4xx that fits the mistake; this gateway answers `501` and `505` with it, too"
    default: return "the one that fits"
    }
  }

  /// Those that any member of the field may have.
  private let general = [
    GuideFact("details", "words of the proxy; this gateway writes the cause, such as connect_refused"),
    GuideFact("next-hop", "who was asked; only trusted clients see it"),
    GuideFact("received-status", "the status that the next hop had sent"),
    GuideFact("next-protocol", "what was spoken to the next hop"),
  ]
}
