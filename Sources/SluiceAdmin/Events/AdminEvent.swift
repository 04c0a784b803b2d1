#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// One event of the stream, as it is sent.
struct AdminEvent: Sendable, Equatable {
  enum Kind: String, CaseIterable, Sendable {
    case status, upstreams, traffic, problem, deploy
    /// Events were left out, because the reader was too slow.
    case dropped

    /// Whether one who comes back is sent those that were missed: what is told anew every two seconds is not.
    var isKept: Bool {
      switch self {
      case .problem, .deploy: true
      case .status, .upstreams, .traffic, .dropped: false
      }
    }
  }

  var kind: Kind
  /// One line of JSON.
  var data: [UInt8]

  init(_ kind: Kind, _ value: some Encodable) {
    self.kind = kind
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Values of texts and finite numbers always have a form in JSON.
    data = (try? encoder.encode(value)).map(Array.init) ?? Array("{}".utf8)
  }

  /// - Parameter id: what a reader that comes back says it saw last; nil: it is not kept.
  func text(id: String?) -> [UInt8] {
    let head = (id.map { "id: \($0)\n" } ?? "") + "event: \(kind.rawValue)\ndata: "
    return Array(head.utf8) + data + Array("\n\n".utf8)
  }

  /// A line that says nothing, so that what lies between sees that the stream lives.
  static let heartbeat = Array(": heartbeat\n\n".utf8)
}
