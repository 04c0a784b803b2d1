import Foundation
import SluiceIncidents
import TestSupport

/// Reads the access log that a gateway under test writes.
struct RecordReader: Sendable {
  let path: String

  /// Every record that was written so far. A line that is no record is a failure of the test.
  func records() throws -> [StoredRecord] {
    guard let data = FileManager.default.contents(atPath: path) else { return [] }
    var lines = [UInt8](data).split(separator: 0x0A, omittingEmptySubsequences: false)
    // What stands behind the last line feed is being written.
    lines.removeLast()
    let decoder = AccessLogDecoder()
    return try lines.map { try decoder.decode(Array($0)) }
  }

  /// Waits until there are so many records that the condition wants.
  func records(
    atLeast count: Int, within seconds: Double = 5, where isWanted: (StoredRecord) -> Bool = { _ in true }
  ) async throws -> [StoredRecord] {
    var found: [StoredRecord] = []
    _ = try await eventually(within: seconds) {
      found = try records().filter(isWanted)
      return found.count >= count
    }
    return found
  }

  /// Those of the requests that carried this X-Request-ID. Waits for the first.
  func records(of request: String, within seconds: Double = 5) async throws -> [StoredRecord] {
    try await records(atLeast: 1, within: seconds) { $0.clientRequestId == request }
  }
}
