internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

/// Makes the responses to failures: status, fields and one of three bodies.
///
/// One for each worker and generation, since it keeps what is the same for each failure of a kind: an upstream that is
/// down must not cost more than one that answers.
public struct ResponseMaker: Sendable {
  /// Seconds of Retry-After where nobody knows better.
  public static let retryAfterDefault = 1
  /// Bytes of the request's address on a page.
  static let addressBytesMax = 256

  private struct StatusKey: Hashable {
    var cause: Cause
    var type: ProxyErrorType?
  }

  private let installation: String
  let contact: String?
  let guide: String?
  /// At most one for each cause and error type.
  private var proxyStatuses: [StatusKey: [UInt8]] = [:]

  /// - Parameters:
  ///   - installation: The name in Proxy-Status (DECISIONS 7).
  ///   - contact: A URI (`mailto:`, `https:`) that a visitor may turn to.
  ///   - guide: The URL of a folder with the guide's pages, without a slash at its end.
  public init(installation: String, contact: String? = nil, guide: String? = nil) {
    self.installation = installation
    self.contact = contact
    self.guide = guide
  }

  init(installation: String, _ pages: ErrorPagesConfiguration) {
    self.init(installation: installation, contact: pages.contact, guide: pages.guide)
  }

  /// - Parameter accept: The request's Accept, several joined with commas; empty where there is none.
  public mutating func failure(_ answer: FailureAnswer, accept: [UInt8]) -> GeneratedResponse {
    let status = answer.status ?? answer.cause.status
    let kind = BodyKind.negotiate(accept)
    var response = GeneratedResponse(status: status)
    response.closes = status == 408 || answer.cause == .proxyDraining
    response.add("Content-Type", kind.contentType)
    response.add("Cache-Control", "no-store")
    response.add("Proxy-Status", proxyStatus(answer))
    if answer.cause.isIncident { response.add("Sluice-Incident", Self.text(answer.id)) }
    if let seconds = retryAfter(answer, status) { response.add("Retry-After", Array(String(seconds).utf8)) }
    if status == 405 {
      let methods = answer.allow.joined(separator: ", ").utf8.filter { (0x20...0x7E).contains($0) }
      response.add("Allow", methods)
    }
    response.add("X-Content-Type-Options", "nosniff")
    if kind == .html {
      response.add("Content-Language", "en")
      response.add("Content-Security-Policy", ErrorPage.policy)
      response.add("Referrer-Policy", "no-referrer")
    }
    // The answer depends on it, and a cache in front of us that ignores no-store should know.
    response.add("Vary", "Accept")
    let words = AnswerWords(
      answer, status: status, retryAfter: retryAfter(answer, status), contact: contact, guide: guide)
    switch kind {
    case .problem: response.body = ProblemDocument.bytes(words)
    case .html: response.body = ErrorPage.bytes(words)
    case .text: response.body = ErrorText.bytes(words)
    }
    return response
  }

  /// A failure as gRPC tells it: 200, and the status of the call among the fields of the only head.
  public mutating func grpcFailure(_ answer: FailureAnswer) -> GeneratedResponse {
    var response = GeneratedResponse(status: 200)
    response.isTrailersOnly = true
    response.add("Content-Type", "application/grpc")
    response.add("Grpc-Status", Array(String(answer.cause.grpcStatus.rawValue).utf8))
    response.add("Grpc-Message", Self.percentEncoding("\(answer.cause.publicSentence) (\(answer.cause.identifier))"))
    response.add("Proxy-Status", proxyStatus(answer))
    if answer.cause.isIncident { response.add("Sluice-Incident", Self.text(answer.id)) }
    return response
  }

  /// As gRPC wants messages: printable ASCII but the percent sign stays.
  private static func percentEncoding(_ text: String) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return text.utf8.flatMap { byte in
      (0x20...0x7E).contains(byte) && byte != 0x25 ? [byte] : [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
  }

  private func retryAfter(_ answer: FailureAnswer, _ status: UInt16) -> Int? {
    guard status == 503 || answer.cause.carriesRetryAfter else { return nil }
    return max(answer.retryAfter ?? Self.retryAfterDefault, 0)
  }

  private mutating func proxyStatus(_ answer: FailureAnswer) -> [UInt8] {
    guard answer.detail == nil else { return ProxyStatus.member(installation: installation, answer) }
    let key = StatusKey(cause: answer.cause, type: answer.cause.proxyErrorType(rule: answer.rule))
    if let known = proxyStatuses[key] { return known }
    let made = ProxyStatus.member(installation: installation, answer)
    proxyStatuses[key] = made
    return made
  }

  private static func text(_ id: ExchangeID) -> [UInt8] {
    var bytes: [UInt8] = []
    id.append(to: &bytes)
    return bytes
  }
}
