internal import GRDB
internal import SluiceCore
internal import Synchronization

/// Reads the store: beside a running gateway, or without one.
///
/// It opens the file itself, for reading only, and opens it anew where its name stands for another file than before
/// (a damaged one was moved aside, or somebody has removed it). Each call sees one state of the store.
public final class IncidentReader: Sendable {
  /// Incidents of one page, and problems or changes of one list, at most.
  public static let limitMax = 10_000
  /// Other incidents that an ambiguous beginning of an ID, or a client's request ID, gives.
  public static let matchesMax = 50

  public let path: String
  private let file: StoreFile
  private let view: Mutex<StoreView>

  /// - Throws: `StoreError`.
  public init(path: String) throws(StoreError) {
    file = StoreFile(path)
    self.path = file.path
    view = Mutex(try StoreView(file))
  }

  /// - Throws: `StoreError`.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      let view = try view.withLock { view in
        if file.identity != view.identity { view = try StoreView(file) }
        return view
      }
      return try view.queue.read(body)
    } catch {
      throw StoreError(error, path: path)
    }
  }

  /// Of the file and its log.
  var storedBytes: Int { file.bytes() + file.bytes("-wal") }

  // MARK: One incident

  /// Finds an incident by its ID, in either case, with O for 0 and I or L for 1, or by a beginning of it that no other
  /// one has.
  ///
  /// - Parameter now: Unix time in milliseconds, from which the problems' states follow.
  /// - Throws: `StoreError`.
  public func find(id text: String, at now: Int64) throws(StoreError) -> IncidentLookup {
    guard let digits = IDText.normalized(text) else { return .unknown }
    return try read { db in
      // Behind all that begin with the digits: no character of an ID is beyond "Z".
      let rows = try Row.fetchAll(
        db, sql: "\(Self.select) WHERE incident.id >= ? AND incident.id < ? ORDER BY incident.id DESC LIMIT ?",
        arguments: [digits, digits + "~", Self.matchesMax])
      if rows.count == 1, let row = rows.first { return .found(try incident(row)) }
      guard rows.isEmpty else { return .ambiguous(ids: try rows.map { try $0.value("id") }) }
      guard let id = ExchangeID(digits) else { return .unknown }
      let time = Int64(id.milliseconds)
      let second = time - time % 1000
      let problems = try Row.fetchAll(
        db, sql: "\(ProblemRow.select) WHERE lastSeen >= ? AND firstSeen < ? ORDER BY count DESC LIMIT ?",
        arguments: [second, second + 1000, Self.matchesMax])
      return .notKept(time: time, problems: try problems.map { try ProblemRow.problem($0, at: now) })
    }
  }

  /// Incidents with a request ID of the client's, the latest first; at most `matchesMax`.
  ///
  /// - Throws: `StoreError`.
  public func find(clientRequestID: String) throws(StoreError) -> [Incident] {
    try read { db in
      try Row.fetchAll(
        db, sql: "\(Self.select) WHERE incident.clientRequestId = ? ORDER BY incident.number DESC LIMIT ?",
        arguments: [clientRequestID, Self.matchesMax]
      ).map(incident)
    }
  }

  /// The problem that a stored incident belongs to.
  ///
  /// - Parameter id: as the incident's record has it.
  /// - Throws: `StoreError`.
  public func problem(of id: String, at now: Int64) throws(StoreError) -> Problem? {
    try read { db in
      try Row.fetchOne(
        db, sql: "\(ProblemRow.select) WHERE number = (SELECT problem FROM incident WHERE id = ?)", arguments: [id]
      ).map { try ProblemRow.problem($0, at: now) }
    }
  }

  static let select = """
    SELECT incident.number, incident.id, incident.kind, detail.record, detail.evidence
    FROM incident JOIN detail ON detail.number = incident.number
    """

  private func incident(_ row: Row) throws -> Incident {
    guard let incident = try StoredIncident.incident(row) else {
      throw StoreError.damaged(path: path, reason: "the record of \(try row.value("id") as String) is not readable")
    }
    return incident
  }
}
