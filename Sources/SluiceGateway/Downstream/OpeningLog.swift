internal import Logging
internal import SluiceCore
internal import Synchronization

/// Failed openings on standard error, for all workers: so many lines a second for each reason, then a count. A port on
/// the internet is knocked at all day.
///
/// The lock is held for a look at one counter.
final class OpeningLog: Sendable {
  /// Characters of a client's own words.
  static let wordsMax = 255

  private let logger: Logger
  private let budgets = Mutex([LineBudget](repeating: LineBudget(), count: OpeningFailure.allCases.count))

  init(_ logger: Logger) { self.logger = logger }

  func tell(_ reason: OpeningFailure, _ facts: Facts, at now: Instant) {
    let held = budgets.withLock { $0[Int(reason.rawValue)].take(at: now) }
    guard let held else { return }
    let more = held > 0 ? " (\(held) more before)" : ""
    logger.notice(
      "\(reason.identifier): \(facts.text): \(reason.sentence)\(facts.detail.map { ": \($0)" } ?? "")\(more)")
  }

  struct Facts {
    var client: EndpointAddress
    var listener: String
    /// The name that the client asked for.
    var name: String?
    var detail: String?

    var text: String {
      let asked = name.map { ", asked for \(OpeningLog.plain($0))" } ?? ""
      return "client \(client), listener \(listener)\(asked)"
    }
  }

  /// A client's own words: what is not printable ASCII is replaced.
  static func plain(_ words: String) -> String {
    String(
      decoding: words.utf8.prefix(wordsMax).map { byte in
        0x20...0x7E ~= byte ? byte : 0x3F
      }, as: UTF8.self)
  }
}
