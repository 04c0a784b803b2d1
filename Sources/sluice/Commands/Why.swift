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
    let missing = MissingPage(now: now, screen: screen, whyCommand: place.whyCommand)
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
        try IncidentSurroundings(of: incident, in: reader, at: now)
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

  private func tell(
    _ incident: Incident, _ surroundings: IncidentSurroundings, now: Int64, screen: Screen
  ) throws {
    guard !json else { return try tell(WhyAnswer(incident, in: surroundings)) }
    let diagnosis = surroundings.diagnosis(of: incident)
    let page = WhyPage(
      incident: incident, diagnosis: diagnosis, changes: Change.suspects(of: incident, stored: surroundings.changes),
      now: now, screen: screen, examination: surroundings.examination)
    Terminal.say(page.lines().joined(separator: "\n"))
  }

  private func tellOthers(_ others: [Incident]) {
    guard !others.isEmpty else { return }
    let ids = others.prefix(5).map { "  \(PlainText.shown(place.whyCommand)) " + PlainText.shown($0.record.id) }
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
