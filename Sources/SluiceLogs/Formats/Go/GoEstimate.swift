internal import SluiceCore
internal import SluiceDiagnosis

/// Whether a connection had been used before, which Go does not write, as far as the method and the time tell it.
///
/// Go's client itself repeats a request without a body whose method may be repeated, where a reused connection ends
/// before a byte of the response: such an error is of a connection that was new, or of all that were tried.
enum GoEstimate {
  static func apply(to entry: inout LogEntry) {
    guard var conclusion = entry.conclusion, let method = entry.method,
      conclusion.alternatives.contains(.staleKeepalive)
    else { return }
    let causes = [conclusion.cause] + conclusion.alternatives
    if repeated.contains(method) {
      conclusion.alternatives.removeAll { $0 == .staleKeepalive }
    } else if let spent = entry.totalTime, spent < quick {
      conclusion.cause = .staleKeepalive
      conclusion.alternatives = causes.filter { $0 != .staleKeepalive }
      conclusion.who = Cause.staleKeepalive.owner
      conclusion.sure = .possible
      conclusion.estimate =
        "The connection ended within 5 ms of a \(method.prefix(16)), as one that the endpoint had closed already does."
    }
    entry.conclusion = conclusion
  }

  private static let repeated: Set<String> = ["GET", "HEAD", "OPTIONS", "TRACE"]
  /// Milliseconds.
  private static let quick = 5.0
}
