import ArgumentParser
import SluiceConfiguration
import SluiceCore
import SluiceIncidents

/// Which incidents or problems are wanted.
struct IncidentsFilterOptions: ParsableArguments {
  @Option(help: "Since so long ago (90s, 5m, 1h30m, 2d), or a moment in UTC as 2026-11-24 or 2026-11-24T10:00.")
  var since: String?

  @Option(help: "Before then, in the same forms.")
  var until: String?

  @Option(help: "An identifier such as connect_refused. Repeat it for several.")
  var cause: [String] = []

  @Option(help: "The name of an upstream.")
  var upstream: String?

  @Option(help: "The name of a route.")
  var route: String?

  @Option(help: "The status that the client got; 0: it was cut before one.")
  var status: UInt16?

  @Option(help: "Whose failure it is: client, gateway, configuration, network, machine, application, …")
  var who: String?

  @Option(help: "failed: an error or a cut; application: its own 5xx; absorbed: no client noticed.")
  var kind: String?

  func validate() throws { _ = try filter(now: 0) }

  /// - Parameter now: Unix time in milliseconds, from which ages count.
  /// - Throws: `ValidationError` with what was probably meant.
  func filter(now: Int64) throws -> IncidentFilter {
    var filter = IncidentFilter()
    filter.since = try MomentOption.read(since, "--since", now: now)
    filter.until = try MomentOption.read(until, "--until", now: now)
    if let since = filter.since, let until = filter.until, since >= until {
      throw ValidationError("--since is not before --until")
    }
    let causes = Cause.allCases.map(\.identifier)
    filter.causes = try cause.map { try Self.known($0, "--cause", in: causes, isListed: false) }
    filter.who = try who.map { try Self.known($0, "--who", in: Owner.allCases.map(\.identifier)) }
    let kind = try kind.map { try Self.known($0, "--kind", in: IncidentKind.allCases.map(\.rawValue)) }
    filter.kind = kind.flatMap(IncidentKind.init(rawValue:))
    filter.upstream = upstream
    filter.route = route
    filter.status = status
    return filter
  }

  private static func known(
    _ word: String, _ option: String, in words: [String], isListed: Bool = true
  ) throws -> String {
    let wanted = word.lowercased()
    if words.contains(wanted) { return wanted }
    let nearest = Spelling.nearest(to: word, in: words).map { "; did you mean '\($0)'?" }
    let hint = nearest ?? (isListed ? "; it takes \(words.joined(separator: ", "))" : "; docs/FAILURES.md lists them")
    throw ValidationError("\(option): '\(PlainText.peer(word, limit: 60))' is none that there is\(hint)")
  }
}
