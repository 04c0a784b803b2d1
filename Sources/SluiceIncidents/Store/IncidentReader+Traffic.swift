#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import GRDB

extension IncidentReader {
  /// What went to an upstream since a time, in parts of some seconds, the oldest first; at most the latest `limitMax`.
  ///
  /// - Parameters:
  ///   - endpoint: nil: to all of them together. An upstream with one endpoint has no counts of that one.
  ///   - time: Unix time in milliseconds.
  /// - Throws: `StoreError`.
  public func traffic(
    upstream: String, endpoint: String? = nil, since time: Int64
  ) throws(StoreError) -> [TrafficCount] {
    try read { db in
      // An older version's store has none.
      guard try db.tableExists("traffic") else { return [] }
      return try Row.fetchAll(
        db,
        sql: """
          SELECT * FROM traffic WHERE upstream = ? AND endpoint IS ? AND time >= ?
          ORDER BY time DESC, number DESC LIMIT ?
          """, arguments: [upstream, endpoint, time, Self.limitMax]
      ).reversed().map { row in
        let times: Data = try row.value("times")
        return TrafficCount(
          time: try row.value("time"), span: try row.value("span"), upstream: upstream, endpoint: endpoint,
          requests: try row.value("requests"), gatewayFailures: try row.value("gatewayFailures"),
          applicationFailures: try row.value("applicationFailures"),
          times: LatencyHistogram(encoded: Array(times)) ?? LatencyHistogram())
      }
    }
  }
}
