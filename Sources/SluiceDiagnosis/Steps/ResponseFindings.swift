internal import SluiceCore
internal import SluiceIncidents

/// What an endpoint answered to each request.
enum ResponseFindings {
  static func of(_ examination: Examination) -> [StepReport.Finding] {
    if let absence = StepReport.absence(of: examination.responses, what: "What it answers") { return [absence] }
    return (examination.responses?.value ?? []).map { finding($0, isTLS: examination.target.isTLS) }
  }

  private static func finding(_ seen: ResponseSeen, isTLS: Bool) -> StepReport.Finding {
    let request = "\(seen.method) \(Shown.text(seen.path, limit: 48))" + words(seen, isTLS: isTLS)
    guard seen.cause == nil, let status = seen.status else {
      return StepReport.Finding(isOther(seen) ? .fine : .failing, request + failure(seen))
    }
    let first = seen.firstByteMs.map { " after \(Shown.duration($0))" } ?? ""
    let program = seen.fields.first { $0.name == "server" }.map { ", \(Shown.text($0.value, limit: 40))" } ?? ""
    let version = seen.version.map { ", \(Shown.text($0, limit: 16))" } ?? ""
    let whole = seen.firstByteMs.map { seen.tookMs > 2 * $0 + 10 ? ", whole after \(Shown.duration(seen.tookMs))" : "" }
    var text = "\(request) answers \(status)\(first)\(version)\(program)\(whole ?? "")"
    if seen.closesAfter == true { text += ", and closes the connection" }
    if seen.isOurselves { text += "; this gateway itself answered" }
    return StepReport.Finding(mark(seen, status), text + ".")
  }

  private static func isOther(_ seen: ResponseSeen) -> Bool {
    switch seen.question {
    case .otherScheme, .otherProtocol, .otherPort: true
    case .configured, .health: false
    }
  }

  private static func mark(_ seen: ResponseSeen, _ status: UInt16) -> StepReport.Mark {
    if isOther(seen) { return .warning }
    if seen.passesCheck == false || status >= 500 { return .failing }
    return seen.isOurselves ? .warning : .fine
  }

  private static func words(_ seen: ResponseSeen, isTLS: Bool) -> String {
    switch seen.question {
    case .configured: ""
    case .health: ", the path of the check,"
    case .otherScheme: isTLS ? " in plain HTTP" : " over TLS"
    case .otherProtocol: " in the other version of HTTP"
    case .otherPort: " at \(Shown.text(seen.address, limit: 48))"
    }
  }

  private static func failure(_ seen: ResponseSeen) -> String {
    let cause = seen.cause ?? Cause.responseHeaderTimeout.identifier
    let what = Cause.named(cause).map { Shown.clipped($0.summary, to: 110) } ?? "\(Shown.text(cause, limit: 40))."
    let bytes = seen.firstBytes.flatMap {
      $0.count > 0 ? " It sent \"\(Shown.text($0.text, limit: Shown.bytesMax))\"." : nil
    }
    return " fails after \(Shown.duration(seen.tookMs)): \(what)\(bytes ?? "")"
  }
}
