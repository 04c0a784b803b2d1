import ArgumentParser
import SluiceCore
import SluiceDiagnosis
import SluiceIncidents

struct Why: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain one incident: who, why, what happened, what to check first.",
    discussion: """
      ID is what the client got as Sluice-Incident, or the client's own
      X-Request-Id. A pasted line or URL that holds it will do, in any case, and
      so will its beginning. No running gateway is needed.

      Examples:
        sluice why 01M84EAQ25CR0FY9K83BQ3WT6P
        sluice why 'Sluice-Incident: 01m84eaq25cr0fy9k83bq3wt6p'
        sluice why -c sluice.yaml 01M84EAQ25CR0FY9K83BQ3WT6P --json | jq .verdict

      Exit codes: 0 explained, 1 there is no such incident, 2 usage, 3 the store
      could not be read.
      """)

  @Argument(help: "The incident's ID, or a text that holds it.")
  var id: String

  @OptionGroup var place: IncidentsStoreOptions

  @Flag(help: "One JSON object on standard output.")
  var json = false

  func run() async throws {
    let now = WallClock.milliseconds()
    let screen = Terminal.screen()
    let missing = MissingPage(now: now, screen: screen)
    let pasted = PastedID(id)
    switch pasted {
    case .several(let ids): throw ValidationError(missing.several(ids).joined(separator: "\n"))
    case .nothing:
      throw ValidationError("there is no ID in that text\n" + MissingPage.whatAnIDIs(screen).joined(separator: "\n"))
    case .incident, .clientRequest: break
    }
    let reader = try place.reader()
    switch try IncidentsStoreOptions.reading({ try Found(pasted, in: reader, at: now) }) {
    case .incident(let incident, let others):
      let surroundings = try IncidentsStoreOptions.reading {
        try context(of: incident, in: reader, at: now)
      }
      try tell(incident, surroundings, now: now, screen: screen)
      if !json { tellOthers(others) }
    case .ambiguous(let ids):
      throw ValidationError("several incidents begin so:\n" + ids.prefix(10).map { "  \($0)" }.joined(separator: "\n"))
    case .notKept(let id, let time, let problems):
      if json { try tell(WhyNothing(reason: .notKept, id: id, problems: problems)) }
      Terminal.say(missing.notKept(id, time: time, problems: problems), unless: json)
      throw ExitStatus.found.code
    case .unknown(let text):
      if json { try tell(WhyNothing(reason: .unknown, id: text, problems: [])) }
      Terminal.say(missing.unknown(text), unless: json)
      throw ExitStatus.found.code
    }
  }

  private struct Context {
    var neighbours: [Problem]
    var changes: [Change]
    /// Of the incident's endpoint, at about its time.
    var examination: Examination?
  }

  /// The gateway looks when a problem begins, a moment after its first incident.
  private static let lookedBefore: Int64 = 60_000
  private static let lookedAfter: Int64 = 30_000

  /// What the store knows around the incident's time.
  private func context(of incident: Incident, in reader: IncidentReader, at now: Int64) throws(StoreError) -> Context {
    guard let time = incident.time else { return Context(neighbours: [], changes: []) }
    var filter = IncidentFilter()
    filter.since = time - 10_000
    filter.until = time + 10_000
    var neighbours = try reader.problems(filter, limit: 64, at: now)
    // Its own first: there may be more problems than are looked at.
    if let own = try reader.problem(of: incident.record.id, at: now) {
      neighbours.removeAll { $0.number == own.number }
      neighbours.insert(own, at: 0)
    }
    let changes = try reader.changes(since: time - Change.suspectTime)
    let endpoint = incident.blamedEndpoint
    let examination = try endpoint.flatMap { endpoint throws(StoreError) in
      try reader.examination(
        of: endpoint, upstream: incident.record.upstream, near: time, before: Self.lookedBefore,
        after: Self.lookedAfter)
    }
    return Context(
      neighbours: neighbours, changes: changes,
      examination: try examination.map { seen throws(StoreError) in try later(seen, in: reader) })
  }

  /// How a process ended may have been stored after the look.
  private func later(_ examination: Examination, in reader: IncidentReader) throws(StoreError) -> Examination {
    guard case .value(var listeners)? = examination.listeners else { return examination }
    let target = examination.target
    let known = try reader.sightings(endpoint: target.endpoint, upstream: target.upstream)
      .filter { $0.firstSeen <= examination.time }
    guard !known.isEmpty else { return examination }
    listeners.history = known
    var later = examination
    later.listeners = .value(listeners)
    return later
  }

  private func tell(_ incident: Incident, _ context: Context, now: Int64, screen: Screen) throws {
    let examination = context.examination
    let diagnosis = diagnose(
      incident, neighbours: context.neighbours, changes: context.changes, examination: examination)
    guard !json else { return try tell(WhyAnswer(diagnosis, incident, examination)) }
    let page = WhyPage(
      incident: incident, diagnosis: diagnosis, changes: Change.suspects(of: incident, stored: context.changes),
      now: now, screen: screen, examination: examination)
    Terminal.say(page.lines().joined(separator: "\n"))
  }

  private func tellOthers(_ others: [Incident]) {
    guard !others.isEmpty else { return }
    let ids = others.prefix(5).map { "  sluice why " + PlainText.shown($0.record.id) }
    let more = others.count > 5 ? "\n  and \(others.count - 5) more" : ""
    Terminal.say("\nEarlier incidents with the same request ID:\n" + ids.joined(separator: "\n") + more)
  }

  private func tell(_ value: some Encodable) throws { Terminal.say(try JSONText.line(value)) }

  /// What a pasted text leads to.
  private enum Found {
    /// With earlier ones of the same client's request ID.
    case incident(Incident, others: [Incident])
    case ambiguous([String])
    case notKept(String, time: Int64, problems: [Problem])
    case unknown(String)

    init(_ pasted: PastedID, in reader: IncidentReader, at now: Int64) throws(StoreError) {
      let text =
        switch pasted {
        case .incident(let id): id.description
        case .clientRequest(let request): request
        case .several, .nothing: ""
        }
      // A client's request ID may look like one of ours, or like the beginning of one.
      let lookup = try reader.find(id: text, at: now)
      if case .found(let incident) = lookup {
        self = .incident(incident, others: [])
        return
      }
      var requests = try reader.find(clientRequestID: text)
      if requests.isEmpty, text.lowercased() != text { requests = try reader.find(clientRequestID: text.lowercased()) }
      if let latest = requests.first {
        self = .incident(latest, others: Array(requests.dropFirst()))
        return
      }
      self =
        switch lookup {
        case .found, .unknown: .unknown(text)
        case .ambiguous(let ids): .ambiguous(ids)
        case .notKept(let time, let problems): .notKept(text, time: time, problems: problems)
        }
    }
  }
}
