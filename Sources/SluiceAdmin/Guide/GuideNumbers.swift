internal import NIOPosix
internal import SluiceCore
internal import SluiceGuide
internal import SluiceIncidents

/// What this gateway has seen of the subject of a page, as a section of it.
///
/// Counts come from the workers, and are exact. The last incident and where incidents concentrate come from the store,
/// which keeps a part of very many; that is said where it is shown.
struct GuideNumbers: Sendable {
  static let sectionID = "here"
  static let title = "At this gateway"
  /// Milliseconds of what is called lately.
  private static let window: Int64 = 3_600_000
  /// Bytes of a name of the configuration that are shown.
  private static let nameMax = 120

  let source: AdminSource
  let pulse: AdminPulse

  /// nil: the page is about nothing that a gateway counts.
  func section(for page: PageID) async -> GuideSection? {
    guard let subject = GuideSubject(page) else { return nil }
    let (now, changes) = await pulse.counts(over: [Self.window])
    // A window without length: nobody has sampled yet.
    let lately = changes.first.flatMap { $0.spanMs > 0 ? $0 : nil }
    let counts = Self.counts(subject, now, lately: lately, started: await source.status().startedAt)
    return GuideSection(Self.sectionID, Self.title, counts + (await stored(subject, at: now.time)))
  }

  // MARK: Counts

  static func counts(
    _ subject: GuideSubject, _ now: TrafficSample, lately: TrafficSample.Change?, started: Int64
  ) -> [GuideBlock] {
    let since = "Since the start \(age(now.time - started)) ago"
    /// By status, and by the identifier of a cause.
    typealias Counts = (statuses: [String: UInt64], causes: [String: UInt64])
    var rows: [(name: String, count: (Counts) -> UInt64)] = []
    switch subject {
    case .status(let code):
      let (key, name) = statusKey(code)
      rows.append((name, { $0.statuses[key] ?? 0 }))
    case .causes(let causes, let name):
      let sum = causes.count > 1 ? "all causes of \(name)" : "exchanges with `\(name)`"
      rows.append((sum, { counts in causes.reduce(0) { $0 + (counts.causes[$1.identifier] ?? 0) } }))
    }
    // A cause alone is its own sum.
    if subject.isStatus || subject.causes.count > 1 {
      for cause in subject.causes.map(\.identifier) where (now.causes[cause] ?? 0) > 0 {
        rows.append(("`\(cause)`", { $0.causes[cause] ?? 0 }))
      }
    }
    let columns = ["", since] + (lately.map { ["In the last \(age($0.spanMs))"] } ?? [])
    let cells = rows.map { row in
      [row.name, "\(row.count((now.statuses, now.causes)))"]
        + (lately.map { ["\(row.count(($0.statuses, $0.causes)))"] } ?? [])
    }
    return [.table(GuideTable(columns: columns, rows: cells))]
  }

  /// What the workers count a status as, and what that is called.
  private static func statusKey(_ code: Int) -> (key: String, name: String) {
    let text = StatusTable.text(code)
    // 499 has a place although nobody has registered it.
    guard let entry = StatusTable[code], entry.registration == .unregistered, code != 499 else {
      return (text, "responses with \(text)")
    }
    let family = "\(code / 100)xx"
    return (family, "responses with \(text) or another \(family) that is not registered")
  }

  // MARK: The store

  private func stored(_ subject: GuideSubject, at now: Int64) async -> [GuideBlock] {
    let source = source
    let blocks = try? await NIOThreadPool.singleton.runIfActive { () -> [GuideBlock] in
      do {
        guard let reader = try source.store() else { return [.paragraph("No incidents are kept here.")] }
        let since = now - Self.window
        let tally =
          switch subject {
          case .status(let code): try reader.tally(status: code, since: since, at: now)
          case .causes(let causes, _): try reader.tally(causes: causes.map(\.identifier), since: since, at: now)
          }
        return Self.blocks(tally, at: now)
      } catch {
        return [.paragraph("The incidents cannot be read: \(Self.shown("\(error)")).")]
      }
    }
    return blocks ?? []
  }

  static func blocks(_ tally: IncidentTally, at now: Int64) -> [GuideBlock] {
    guard let last = tally.last else { return [.paragraph("No incident of it is kept.")] }
    let place = [last.upstream.map { "upstream \(shown($0))" }, last.endpoint.map { "endpoint \(shown($0))" }]
      .compactMap { $0 }.joined(separator: ", ")
    let problems = tally.ongoing == 1 ? "One problem of it goes on." : "\(tally.ongoing) problems of it go on."
    var blocks: [GuideBlock] = [
      .paragraph(
        "The last incident was \(age(now - last.time)) ago: status `\(last.status)`, cause `\(shown(last.cause))`"
          + (place.isEmpty ? "." : ", \(place).") + (tally.ongoing > 0 ? " \(problems)" : "")),
      .steps([GuideStep("Why did it happen, and what next?", "sluice why \(shown(last.id))")]),
    ]
    if !tally.places.isEmpty {
      blocks.append(.paragraph("Where it concentrates, by the incidents of the last hour that are kept:"))
      blocks.append(
        .table(
          GuideTable(
            columns: ["Upstream", "Incidents", "Of these noticed by no client"],
            rows: tally.places.map { [$0.upstream.map(shown) ?? "none chosen", "\($0.kept)", "\($0.absorbed)"] })))
    }
    return blocks
  }

  // MARK: Words

  /// `40 s`, `12 min`, `3 h 5 min`, `2 d 4 h`.
  static func age(_ milliseconds: Int64) -> String {
    let seconds = max(milliseconds, 0) / 1000
    if seconds < 60 { return "\(seconds) s" }
    let minutes = seconds / 60
    if minutes < 60 { return "\(minutes) min" }
    let hours = minutes / 60
    if hours < 24 { return minutes % 60 == 0 ? "\(hours) h" : "\(hours) h \(minutes % 60) min" }
    return hours % 24 == 0 ? "\(hours / 24) d" : "\(hours / 24) d \(hours % 24) h"
  }

  /// A name of the configuration: no mark of the guide's own texts, and not longer than a line.
  private static func shown(_ name: String) -> String {
    String(name.prefix(nameMax).map { $0 == "`" ? "'" : $0 })
  }
}
