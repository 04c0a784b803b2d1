internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

/// What a body says, before it is written in one of the three forms.
struct AnswerWords {
  let status: UInt16
  let cause: Cause
  let id: ExchangeID
  /// What happened, for anyone.
  let sentence: String
  /// What the client can do.
  let advice: String
  let isRetryable: Bool
  let rule: WireRule?
  let retryAfter: Int?
  let contact: String?
  /// Where pages about statuses and causes are; nil: nowhere.
  let guide: String?
  let address: [UInt8]
  /// Names and values that only a trusted client sees; empty for all others.
  let details: [(name: StaticString, value: String)]

  init(_ answer: FailureAnswer, status: UInt16, retryAfter: Int?, contact: String?, guide: String?) {
    self.guide = guide
    self.status = status
    self.retryAfter = retryAfter
    self.contact = contact
    cause = answer.cause
    id = answer.id
    address = Array(answer.address.prefix(ResponseMaker.addressBytesMax))
    isRetryable = cause.isRetryable(isIdempotent: answer.isIdempotent)
    // The rule of a request tells its sender what to mend. The rule of a response tells of the upstream's bytes.
    let isRequestFault = cause.proxyErrorType == .httpRequestError
    rule = isRequestFault || answer.detail != nil ? answer.rule : nil
    if let rule, isRequestFault {
      sentence = "\(cause.publicSentence) \(rule.sentence) (\(rule.section))"
    } else {
      sentence = cause.publicSentence
    }
    advice = Self.advice(status, isRetryable: isRetryable, isRequestFault: isRequestFault, retryAfter: retryAfter)
    if let detail = answer.detail {
      details = Self.details(detail, answer.cause, rule: isRequestFault ? nil : answer.rule)
    } else {
      details = []
    }
  }

  private static func advice(
    _ status: UInt16, isRetryable: Bool, isRequestFault: Bool, retryAfter: Int?
  ) -> String {
    if let retryAfter, retryAfter > 1 { return "Try again in \(retryAfter) seconds." }
    if isRetryable { return "Try again in a moment." }
    switch status {
    case 404: return "Check the address for a typing error."
    case 405: return "Use one of the methods that the Allow field names."
    case 413, 414, 431: return "Send less."
    case _ where isRequestFault: return "The request has to be changed before it is sent again."
    case 400..<500: return "Trying again in the same way will not help."
    default: return "Those who run this service have to act. If it lasts, tell them the reference below."
    }
  }

  private static func details(
    _ detail: FailureAnswer.Detail, _ cause: Cause, rule: WireRule?
  ) -> [(name: StaticString, value: String)] {
    var list: [(name: StaticString, value: String)] = [("summary", cause.summary)]
    if let upstream = detail.upstream { list.append(("upstream", upstream)) }
    if let endpoint = detail.endpoint { list.append(("endpoint", endpoint)) }
    if detail.address.family != .none { list.append(("address", detail.address.description)) }
    if detail.systemError != 0 {
      list.append(("errno", systemErrorName(detail.systemError).map { "\($0)" } ?? String(detail.systemError)))
    }
    if let phase = detail.phase { list.append(("phase", "\(phase.identifier)")) }
    if detail.receivedStatus != 0 { list.append(("receivedStatus", String(detail.receivedStatus))) }
    if let rcode = detail.rcode { list.append(("rcode", rcode)) }
    if let alert = detail.alertID { list.append(("alert", String(alert))) }
    if let name = detail.fieldName { list.append(("field", name)) }
    if let rule { list.append(("rule", "\(rule.identifier): \(rule.sentence) (\(rule.section))")) }
    return list
  }

  /// The guide's pages, as `PageID.path` of the guide has them.
  var statusPage: [UInt8]? { guide.map { Array("\($0)/status/\(status).html".utf8) } }
  var causePage: [UInt8]? { guide.map { Array("\($0)/cause/\(cause.identifier).html".utf8) } }

  /// Bytes of all texts, for the size of a body.
  var textBytes: Int {
    let links = (statusPage?.count ?? 0) + (causePage?.count ?? 0)
    return details.reduce(sentence.utf8.count + advice.utf8.count + (contact?.utf8.count ?? 0) + address.count + links)
    {
      $0 + $1.name.utf8CodeUnitCount + $1.value.utf8.count
    }
  }
}
