#if canImport(FoundationEssentials)
  private import FoundationEssentials
#else
  private import Foundation
#endif

/// Reads what `AccessLogEncoder` wrote.
public struct AccessLogDecoder: Sendable {
  /// Bytes of a line; a longer one was not written by us.
  public static let lineBytesMax = 1 << 18

  public enum Fault: Error, Equatable {
    case tooLong(bytes: Int)
    /// The line is not JSON, or lacks what each record has.
    case notARecord
  }

  public init() {}

  /// - Parameter line: One line, with or without its line feed.
  public func decode(_ line: [UInt8]) throws(Fault) -> StoredRecord {
    guard line.count <= Self.lineBytesMax else { throw .tooLong(bytes: line.count) }
    guard let record = try? JSONDecoder().decode(StoredRecord.self, from: Data(line)) else { throw .notARecord }
    return record
  }
}
