internal import SluiceIncidents

/// What the name of an endpoint stands for.
enum ResolutionFindings {
  static func of(_ examination: Examination) -> [StepReport.Finding] {
    if let absence = StepReport.absence(of: examination.resolution, what: "What the name stands for") {
      return [absence]
    }
    guard let seen = examination.resolution?.value else { return [] }
    return [first(seen), hosts(seen), moved(seen), missing(seen)].compactMap { $0 }
  }

  private static func first(_ seen: ResolutionSeen) -> StepReport.Finding {
    let name = Shown.text(seen.name)
    let took = Shown.duration(seen.tookMs)
    let asked = seen.resolvers.isEmpty ? "" : " (asked: \(list(seen.resolvers)))"
    guard seen.cause == nil else {
      let code = seen.responseCode.map { "the name server answered \(Shown.text($0, limit: 24))" }
      return StepReport.Finding(
        .failing, "\(name) has no address: \(code ?? Shown.text(seen.cause ?? "", limit: 40)) after \(took)\(asked).")
    }
    let times = seen.records.map(\.timeToLive)
    let ttl = times.min().map { ", for \(Shown.duration(Double($0) * 1000))" } ?? ""
    let source = seen.hostsFile.isEmpty ? "" : " by the hosts file"
    return StepReport.Finding(
      .fine,
      "\(name) is \(list(seen.addresses))\(seen.hostsFile.isEmpty ? ttl : source), known within \(took)\(asked).")
  }

  private static func hosts(_ seen: ResolutionSeen) -> StepReport.Finding? {
    let records = seen.records.map(\.address)
    guard !seen.hostsFile.isEmpty, !records.isEmpty, Set(records) != Set(seen.hostsFile) else { return nil }
    return StepReport.Finding(
      .warning, "The hosts file says \(list(seen.hostsFile)), and is believed before DNS, which says \(list(records)).")
  }

  private static func moved(_ seen: ResolutionSeen) -> StepReport.Finding? {
    guard !seen.before.isEmpty, Set(seen.before) != Set(seen.addresses) else { return nil }
    return StepReport.Finding(.warning, "It led to \(list(seen.before)) before.")
  }

  private static func missing(_ seen: ResolutionSeen) -> StepReport.Finding? {
    seen.missingFamily.map {
      StepReport.Finding(.warning, "No name server answered for its \(Shown.text($0, limit: 8)) addresses in time.")
    }
  }

  private static func list(_ words: [String]) -> String {
    let shown = words.prefix(4).map { Shown.text($0, limit: 48) }.joined(separator: ", ")
    return words.count > 4 ? "\(shown) and \(words.count - 4) more" : shown
  }
}
