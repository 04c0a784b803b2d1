import ArgumentParser
import SluiceIncidents

struct Problems: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List problems: incidents of one cause at one place, from the first to the last.",
    discussion: """
      Examples:
        sluice problems
        sluice problems --since 1d --who application
        sluice problems --follow
        sluice problems --json | jq '.[] | select(.state == "ongoing") | .key'

      The one seen last stands last; after five quiet minutes a problem is over.
      With --follow a problem is shown again when it ends and whenever its count
      has doubled.

      Exit codes: 0 fine, 2 usage, 3 the store could not be read.
      """)

  @OptionGroup var filter: IncidentsFilterOptions

  @OptionGroup var place: IncidentsStoreOptions

  @Option(help: "The ones seen last that are shown, at most.")
  var limit = 50

  @Flag(help: "Show new ones as they come, until SIGINT.")
  var follow = false

  @Flag(help: "JSON on standard output: an array; with --follow an object a line.")
  var json = false

  func validate() throws {
    if !(1...IncidentReader.limitMax).contains(limit) {
      throw ValidationError("--limit takes 1 to \(IncidentReader.limitMax)")
    }
  }

  func run() async throws {
    let reader = try place.reader()
    let filter = try filter.filter(now: WallClock.milliseconds())
    var news = ProblemNews()
    let first = try problems(reader, filter, limit: limit)
    guard follow else { return try list(first) }
    try list(news.take(first))
    try await Following.poll { try list(news.take(try problems(reader, filter, limit: 1000))) }
  }

  private func problems(_ reader: IncidentReader, _ filter: IncidentFilter, limit: Int) throws -> [Problem] {
    let now = WallClock.milliseconds()
    return try IncidentsStoreOptions.reading {
      try reader.problems(filter, limit: limit, at: now)
    }.reversed()
  }

  private func list(_ problems: [Problem]) throws {
    guard !json else {
      guard follow else { return Terminal.say(try JSONText.line(problems)) }
      return try problems.forEach { Terminal.say(try JSONText.line($0)) }
    }
    guard !problems.isEmpty else { return follow ? () : Terminal.say(ProblemTable.totals([])) }
    let table = ProblemTable(
      for: problems, now: WallClock.milliseconds(), screen: Terminal.screen(),
      whyCommand: place.whyCommand)
    let end = follow ? [] : ["", ProblemTable.totals(problems)]
    Terminal.say(([table.head] + problems.flatMap(table.lines) + end).joined(separator: "\n"))
  }
}
