import SluiceIncidents

/// Incidents as a table, newest last, with a line for each day.
struct IncidentTable {
  let screen: Screen
  private let widths: [Int]
  /// The day of the last row.
  private var day: String?

  private static let columns = [
    Table.Column(title: "TIME", usual: 8), Table.Column(title: "CODE", usual: 3),
    Table.Column(title: "CAUSE", narrowest: 12, usual: 16), Table.Column(title: "WHO", narrowest: 5, usual: 11),
    Table.Column(title: "UPSTREAM", narrowest: 8), Table.Column(title: "REQUEST", narrowest: 7, usual: 16),
    Table.Column(title: "ID", usual: 26),
  ]
  /// Columns of the terminal below which WHO is left out: it follows from the cause, and the others tell rows apart.
  private static let wholeWidth = 100

  private let table: Table
  private let chosen: [Int]

  /// - Parameter incidents: which the widths are made for; later ones are cut to them.
  init(for incidents: [Incident], screen: Screen) {
    self.screen = screen
    let isWhole = screen.width >= Self.wholeWidth
    let chosen = Self.columns.indices.filter { isWhole || Self.columns[$0].title != "WHO" }
    let table = Table(columns: chosen.map { Self.columns[$0] }, yielding: isWhole ? [3, 4, 5, 2] : [4, 3, 2])
    widths = table.widths(for: incidents.map { Self.row($0, chosen) }, screen: screen)
    (self.chosen, self.table) = (chosen, table)
  }

  var head: String { table.head(widths, screen: screen) }

  /// The row, after the name of its day where that is another than the row's before.
  mutating func lines(_ incident: Incident) -> [String] {
    let line = table.line(Self.row(incident, chosen), widths, screen: screen)
    guard let day = incident.time.map(Moments.day), day != self.day else { return [line] }
    self.day = day
    return [screen.paint("\(day) (UTC)", .dim), line]
  }

  private static func row(_ incident: Incident, _ chosen: [Int]) -> [Table.Cell] {
    let cells = row(incident)
    return chosen.map { cells[$0] }
  }

  private static func row(_ incident: Incident) -> [Table.Cell] {
    let record = incident.record
    let request = [record.method, record.path].compactMap { $0.map { PlainText.peer($0, limit: 200) } }
    return [
      Table.Cell(incident.time.map(Moments.clock) ?? ""),
      Table.Cell(record.status == 0 ? "cut" : "\(record.status)", ink(incident.kind)),
      Table.Cell(PlainText.shown(incident.toldCause ?? "")), Table.Cell(PlainText.shown(incident.toldWho ?? "")),
      Table.Cell(PlainText.shown(record.upstream ?? "-")),
      Table.Cell(request.isEmpty ? "-" : request.joined(separator: " ")),
      Table.Cell(PlainText.shown(record.id), .cyan),
    ]
  }

  private static func ink(_ kind: IncidentKind) -> Ink {
    switch kind {
    case .failed: .red
    case .application: .yellow
    case .absorbed: .green
    }
  }
}
