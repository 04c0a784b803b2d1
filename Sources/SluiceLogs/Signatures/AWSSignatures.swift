internal import SluiceCore
internal import SluiceDiagnosis

/// What the fields of AWS' access logs mean together: L01 to L12.
///
/// L13, a target group without a healthy target that is used all the same, no line of these logs shows.
/// `requestTime`, `upstreamResponseTime` and `responseTime` hold the three processing times, which are -1 where the
/// phase was not reached.
enum AWSSignatures {
  static let rows: [Signature] = balancer
  static let classic: [Signature] = classicBalancer

  private static let never: ClosedRange<Double> = -1...(-1)
  private static let some: ClosedRange<Double> = 0...1_000_000

  private static let balancer: [Signature] = [
    Signature("L08", .alb, [.is(.status, ["460"])], .failure(.clientAborted)),
    Signature(
      "L09", .alb, [.is(.status, ["463"])], .failure(.requestFieldInvalid),
      note: "X-Forwarded-For holds more than 30 addresses."),
    Signature(
      "L10", .alb, [.is(.status, ["561"])], .failure(.upstreamStatus), who: .dependency,
      note: "The identity provider answered with an error."),
    Signature("L10-401", .alb, [.is(.status, ["401"]), .starts(.reason, "Auth")], .modifier("authentication failed")),
    Signature(
      "L12", .alb, [.is(.status, ["000"])], .failure(.requestHeadTooLarge, or: [.clientMalformed], .likely),
      note: "The fields of an HTTP/2 request were too large: the connection was closed without an answer."),
    Signature(
      "L14", .alb, [.is(.status, ["464"])], .failure(.requestVersionUnsupported),
      note: "The client's protocol is not the one that the target group takes."),
    Signature("L15", .alb, [.is(.status, ["408"])], .failure(.clientBodyTimeout)),
    Signature(
      "L11-throttled", .alb, [.contains(.reason, "Throttl")], .failure(.poolQueueFull),
      note: "Lambda took no more invocations."),
    Signature("L11-connect", .alb, [.is(.reason, ["LambdaConnectionTimeout"])], .failure(.connectTimeout)),
    Signature(
      "L11-connection", .alb, [.is(.reason, ["LambdaConnectionError"])],
      .failure(.closedBeforeResponse, or: [.connectRefused], .likely)),
    Signature("L11-invalid", .alb, [.is(.reason, ["LambdaInvalidResponse"])], .failure(.invalidHeader)),
    Signature("L11-size", .alb, [.is(.reason, ["LambdaResponseTooLarge"])], .failure(.bodyTooLarge)),
    Signature("L11-unhandled", .alb, [.is(.reason, ["LambdaUnhandled"])], .failure(.upstreamStatus)),
    Signature(
      "L11-permission", .alb, [.is(.reason, ["LambdaAccessDenied", "LambdaKMSAccessDenied"])],
      .failure(.upstreamStatus, .likely), who: .configuration),
    Signature("L11", .alb, [.starts(.reason, "Lambda")], .failure(.upstreamStatus, .likely)),
    Signature(
      "L16", .alb, [.starts(.reason, "WAF"), .number(.status, 500...599)], .failure(.upstreamStatus, .likely),
      who: .dependency, note: "AWS WAF did not answer."),
    Signature(
      "L17", .alb, [.number(.status, 500...599), .contains(.action, "fixed-response")],
      .modifier("the listener's own fixed response")),
    Signature(
      "L01", .alb, [.number(.status, 500...599), .number(.upstreamStatus, 500...599)],
      .failure(.upstreamStatus)),
    Signature(
      "L07", .alb, [.is(.status, ["503"]), .missing(.endpoint)], .failure(.poolEmpty, .likely),
      note: "The target group has no registered target."),
    Signature(
      "L02", .alb, [.is(.status, ["502"]), .missing(.upstreamStatus), .number(.requestTime, never)],
      .failure(
        .connectRefused, or: [.hostUnreachable, .connectReset, .tlsHandshakeFailed, .tlsHandshakeTimeout], .likely)),
    Signature(
      "L03", .alb,
      [
        .is(.status, ["502"]), .missing(.upstreamStatus), .number(.requestTime, some),
        .number(.upstreamResponseTime, never),
      ],
      .failure(.closedBeforeResponse, or: [.resetBeforeResponse, .staleKeepalive, .allDraining], .likely),
      note: "The target's keep-alive must last longer than the balancer's idle timeout."),
    Signature(
      "L04", .alb,
      [.is(.status, ["502"]), .missing(.upstreamStatus), .present(.endpoint), .number(.upstreamResponseTime, some)],
      .failure(.invalidHeader, or: [.notHttp, .badFraming, .truncatedHeaders], .possible)),
    Signature(
      "L05", .alb, [.is(.status, ["504"]), .missing(.upstreamStatus), .number(.requestTime, never)],
      .failure(.connectTimeout, .likely), note: "No answer to the connect within 10 s: a security group or an ACL?"),
    Signature(
      "L06", .alb, [.is(.status, ["504"]), .missing(.upstreamStatus)],
      .failure(.responseHeaderTimeout, or: [.bodyIdleTimeout], .likely)),
    Signature("L18", .alb, [.is(.status, ["503"])], .failure(.poolEmpty, or: [.admissionShed], .possible)),
    Signature(
      "L19", .alb, [.number(.status, 500...599)], .failure(.upstreamStatus, or: [.proxyBug], .unknown),
      who: .unknown),
    Signature(
      "L20", .alb, [.missing(.status)], .failure(.clientAborted, .likely),
      note: "The connection ended before an answer."),
  ]

  private static let classicBalancer: [Signature] = [
    Signature(
      "L01-classic", .elb, [.number(.status, 500...599), .number(.upstreamStatus, 500...599)],
      .failure(.upstreamStatus)),
    Signature(
      "L07-classic", .elb, [.is(.status, ["503"]), .missing(.endpoint)],
      .failure(.allUnhealthy, or: [.poolEmpty, .poolQueueFull], .likely),
      note: "The classic balancer sends nothing to instances that are out of service."),
    Signature(
      "L05-classic", .elb, [.is(.status, ["504"]), .number(.requestTime, never)],
      .failure(.responseHeaderTimeout, or: [.connectTimeout, .closedBeforeResponse], .likely)),
    Signature(
      "L06-classic", .elb, [.is(.status, ["504"])],
      .failure(.responseHeaderTimeout, or: [.closedBeforeResponse, .staleKeepalive], .likely),
      note: "Also where the instance closes the connection before the balancer's idle timeout."),
    Signature(
      "L03-classic", .elb, [.is(.status, ["502"])],
      .failure(.invalidHeader, or: [.notHttp, .closedBeforeResponse], .possible)),
    Signature("L15-classic", .elb, [.is(.status, ["408"])], .failure(.clientBodyTimeout)),
    Signature("L08-classic", .elb, [.is(.status, ["460"])], .failure(.clientAborted)),
    Signature(
      "L19-classic", .elb, [.number(.status, 500...599)],
      .failure(.upstreamStatus, or: [.proxyBug], .unknown), who: .unknown),
  ]
}
