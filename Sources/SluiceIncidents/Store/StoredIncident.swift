#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import GRDB

/// A stored incident as a value.
enum StoredIncident {
  /// nil where the record cannot be read. Evidence that cannot be read, as of a version that kept other things, is left
  /// out.
  static func incident(_ row: Row) throws -> Incident? {
    let line: String = try row.value("record")
    guard let kind = IncidentKind(rawValue: try row.value("kind")) else { return nil }
    guard let record = try? AccessLogDecoder().decode(Array(line.utf8)) else { return nil }
    let text: String? = try row.value("evidence")
    let evidence = text.flatMap { try? JSONDecoder().decode(Evidence.self, from: Data($0.utf8)) }
    return Incident(kind: kind, record: record, evidence: evidence)
  }
}
