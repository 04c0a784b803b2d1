#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// An examination in the form in which the store keeps it.
struct StoredExamination: Sendable {
  /// Bytes of a stored one at most; one that is longer loses the lines of logs, then is not kept.
  static let bytesMax = 128 << 10

  let time: Int64
  let upstream: String?
  let endpoint: String
  let document: String

  /// nil where it is too long.
  init?(_ examination: Examination) {
    var shortened = examination
    // What the store itself gave is not stored again.
    shortened.gatewayRecord = nil
    if Self.text(shortened) == nil, case .value(var log) = shortened.applicationLog {
      log.lines = []
      shortened.applicationLog = .value(log)
    }
    guard let text = Self.text(shortened) else { return nil }
    time = examination.time
    upstream = examination.target.upstream
    endpoint = examination.target.endpoint
    document = text
  }

  private static func text(_ examination: Examination) -> String? {
    guard let data = try? JSONEncoder().encode(examination), data.count <= bytesMax else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  /// nil where the text is none of this version's.
  static func examination(_ document: String) -> Examination? {
    try? JSONDecoder().decode(Examination.self, from: Data(document.utf8))
  }
}
