#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What the store keeps of a record's line, and of evidence: text of a bounded length.
enum StoredLine {
  /// Bytes of a stored line, and of evidence. A common line has less than one thousand.
  static let bytesMax = 64 << 10
  /// Characters of each text in a line that was longer.
  private static let textMax = 1_024

  /// The line as it was given, without its line feed. A longer one than `bytesMax` has its texts cut; nil where that is
  /// not possible, because it is no record.
  static func text(_ line: [UInt8]) -> String? {
    let end = line.last == 0x0A ? line.count - 1 : line.count
    guard end > bytesMax else { return String(decoding: line[..<end], as: UTF8.self) }
    guard var record = try? AccessLogDecoder().decode(line) else { return nil }
    record.path = record.path.map(cut)
    record.query = record.query.map(cut)
    record.host = record.host.map(cut)
    record.method = record.method.map(cut)
    record.userAgent = record.userAgent.map(cut)
    record.clientRequestId = record.clientRequestId.map(cut)
    guard let data = try? JSONEncoder().encode(record), data.count <= bytesMax else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  /// nil for none, and where even without the list of endpoints it is too long.
  static func text(_ evidence: Evidence?, _ encoder: JSONEncoder) -> String? {
    guard var evidence else { return nil }
    for _ in 0..<2 {
      guard let data = try? encoder.encode(evidence) else { return nil }
      if data.count <= bytesMax { return String(decoding: data, as: UTF8.self) }
      evidence.endpoints = nil
      evidence.changes = nil
    }
    return nil
  }

  private static func cut(_ text: String) -> String {
    text.count > textMax ? text.prefix(textMax) + "…" : text
  }
}
