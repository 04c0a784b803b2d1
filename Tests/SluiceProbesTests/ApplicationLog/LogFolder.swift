import Foundation
import SluiceIncidents

/// A folder of its own for a test's logs.
final class LogFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "sluice-log-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String) -> String { path + "/" + name }

  /// - Parameter written: Unix time in milliseconds of its last write; nil: now.
  @discardableResult
  func write(_ name: String, _ text: String, written: Int64? = nil) throws -> String {
    try Data(text.utf8).write(to: URL(fileURLWithPath: file(name)))
    if let written { try touch(name, written) }
    return file(name)
  }

  func touch(_ name: String, _ written: Int64) throws {
    let date = Date(timeIntervalSince1970: Double(written) / 1000)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: file(name))
  }

  /// `2026-11-26T17:12:11.000Z` or without the offset.
  static func time(_ milliseconds: Int64, hasOffset: Bool = true) -> String {
    let date = CivilDate(unixSeconds: milliseconds / 1000)
    let clock = [date.hour, date.minute, date.second].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
    let thousandths = String(String(1000 + milliseconds % 1000).dropFirst())
    return hasOffset ? "\(date.dayText)T\(clock).\(thousandths)Z" : "\(date.dayText) \(clock).\(thousandths)"
  }
}
