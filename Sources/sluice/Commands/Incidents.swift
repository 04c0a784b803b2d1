import ArgumentParser
import SluiceIncidents

struct Incidents: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List incidents: failed exchanges, and those that were saved.",
    discussion: """
      Examples:
        sluice incidents
        sluice incidents --since 1h --cause connect_refused --upstream api
        sluice incidents --since 2026-11-24T10:00 --until 2026-11-24T11:00
        sluice incidents --kind absorbed
        sluice incidents --follow
        sluice incidents --json --limit 1000 | jq '.[].record.id'

      The newest stands last. Times are UTC.

      Exit codes: 0 fine, 2 usage, 3 the store could not be read.
      """)

  @OptionGroup var filter: IncidentsFilterOptions

  @OptionGroup var place: IncidentsStoreOptions

  @Option(help: "The newest that are shown, at most.")
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
    let page = try IncidentsStoreOptions.reading {
      try reader.incidents(filter, limit: limit)
    }
    let incidents = Array(page.incidents.reversed())
    if page.unreadable > 0 {
      Terminal.complain("sluice: \(Amounts.count(page.unreadable, "record")) cannot be read and are left out")
    }
    guard follow else { return try list(incidents, isMore: page.isMore) }
    var shown = Shown(table: IncidentTable(for: incidents, screen: Terminal.screen()), json: json)
    try shown.begin(incidents)
    // Not the page's cursor: that leads on to older ones.
    var cursor = page.end
    try await Following.poll {
      var isMore = true
      while isMore {
        let next = try IncidentsStoreOptions.reading {
          try reader.incidents(filter, limit: 1000, newestFirst: false, after: cursor)
        }
        try shown.add(next.incidents)
        cursor = next.cursor ?? cursor
        isMore = next.isMore
      }
    }
    if !json { Terminal.say("\n" + shown.totals.line(limit: nil)) }
  }

  private func list(_ incidents: [Incident], isMore: Bool) throws {
    guard !json else { return Terminal.say(try JSONText.line(incidents)) }
    let totals = IncidentTotals(incidents).line(limit: isMore ? limit : nil)
    guard !incidents.isEmpty else { return Terminal.say(totals) }
    let screen = Terminal.screen()
    var table = IncidentTable(for: incidents, screen: screen)
    let rows = incidents.flatMap { table.lines($0) }
    let end = WordWrap.lines(totals, width: screen.width)
    Terminal.say(([table.head] + rows + [""] + end).joined(separator: "\n"))
  }

  /// What has been printed of a list that grows.
  private struct Shown {
    var table: IncidentTable
    let json: Bool
    var totals = IncidentTotals()

    mutating func begin(_ incidents: [Incident]) throws {
      if !json { Terminal.say(table.head) }
      try add(incidents)
    }

    mutating func add(_ incidents: [Incident]) throws {
      for incident in incidents {
        totals.add(incident)
        if json {
          Terminal.say(try JSONText.line(incident))
        } else {
          Terminal.say(table.lines(incident).joined(separator: "\n"))
        }
      }
    }
  }
}
