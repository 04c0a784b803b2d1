/// The reference of all causes, generated from the tables so that it cannot differ from them.
public enum FailureReference {
  /// The text of `docs/FAILURES.md`.
  public static func markdown() -> String {
    ([introduction, legend] + [causes, sentences, types]).joined(separator: "\n\n") + "\n"
  }

  private static let introduction = """
    # Failures

    <!-- Generated from the tables in Sources/SluiceCore/Failure.
    Regenerate: SLUICE_REGENERATE=1 swift test --filter FailureReference -->

    Every failure that the gateway observes has one cause. The cause decides the status, the error type in Proxy-Status
    (RFC 9209), who is named as the owner, whether the request may be sent again, and how the endpoint is judged.
    """

  private static var legend: String {
    let classes = ReplayClass.allCases.map { "`\($0.identifier)` \($0.meaning)" }.joined(separator: "; ")
    let weights = EjectionWeight.allCases.map { "`\($0)`" }.joined(separator: ", ")
    var lines = [
      "- **Row**: of the failure catalogue that the causes were collected in.",
      "- **Status**: what the client is answered. `passes`: the upstream's own response goes on. 499 stands in records only.",
      "- **Replay**: \(classes).",
      "- **Eject**: how the cause counts against the endpoint: \(weights).",
      "- **Retry**: whether the client does well to send the request again.",
      "- **Checks**: where to look first.",
    ]
    lines += Check.allCases.map { "  - `\($0.letter)` \($0.sentence)" }
    return lines.joined(separator: "\n")
  }

  private static var causes: String {
    let header = ["Cause", "Row", "Status", "Error type", "Replay", "Owner", "Eject", "Retry", "Incident", "Checks"]
    let rows = Cause.allCases.map(row)
    return "## Causes\n\n" + table(header, rows)
  }

  private static func row(_ cause: Cause) -> [String] {
    let row: String = cause.catalogueRow.map { String($0) } ?? "–"
    let own = String(cause.status) + (cause.carriesRetryAfter ? " + Retry-After" : "")
    let type: String = cause.proxyErrorType.map { "`\($0.identifier)`" } ?? "–"
    let checks = cause.firstChecks.map { String($0.letter) }.joined(separator: " ")
    var cells = ["`\(cause.identifier)`", row, cause.passesResponse ? "passes" : own, type]
    cells += [cause.replayClass.identifier, cause.owner.identifier]
    cells += ["\(cause.ejectionWeight)", "\(cause.clientRetry)", cause.isIncident ? "yes" : "no"]
    cells.append(checks.isEmpty ? "–" : checks)
    return cells
  }

  private static var sentences: String {
    let rows = Cause.allCases.map { ["`\($0.identifier)`", $0.summary, $0.publicSentence] }
    return
      "## What is said\n\nThe operator reads what was observed; a client that is not trusted reads the last column.\n\n"
      + table(["Cause", "Observed", "To any client"], rows)
  }

  private static var types: String {
    let rows = ProxyErrorType.allCases.map { type in
      [
        "`\(type.identifier)`",
        type.recommendedStatus.map(String.init) ?? "–",
        Cause.allCases.filter { $0.proxyErrorType == type }.map { "`\($0.identifier)`" }.joined(separator: " "),
      ]
    }
    let note = """
      A type without a cause is sent where the broken rule is known to be narrower than its cause
      (`http_response_trailer_section_size`), or not at all.
      """
    return "## Error types of RFC 9209\n\n" + note + "\n\n" + table(["Type", "Recommended", "Causes"], rows)
  }

  private static func table(_ header: [String], _ rows: [[String]]) -> String {
    let lines = [header, header.map { _ in "---" }] + rows
    return lines.map { "| " + $0.joined(separator: " | ") + " |" }.joined(separator: "\n")
  }
}

extension ReplayClass {
  /// In a few words, for the reference.
  var meaning: String {
    switch self {
    case .unsent: "nothing was sent: any method"
    case .reusedUnanswered: "a reused connection ended without an answer: idempotent methods"
    case .unprocessed: "the peer proves that it did not process the request: any method"
    case .possiblyProcessed: "may have been processed: idempotent methods, within the budget"
    case .never: "never"
    }
  }
}
