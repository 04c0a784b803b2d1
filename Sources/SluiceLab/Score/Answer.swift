/// What a client saw of one response: every fact that the score is made from.
public struct Answer: Sendable, Equatable {
  /// How the connection stood when the client was done with this response.
  public enum End: String, Sendable {
    /// Open, and the response whole.
    case open
    case fin
    case reset
    /// Nothing more came before the time was over.
    case timeLimit
    /// There never was a connection.
    case unreachable
  }

  enum Framing: Equatable {
    case none
    case length(Int)
    case chunked
    case untilClose
  }

  /// Bytes of the body that are kept, to be compared; the rest is counted.
  static let keptBytes = 4096

  /// nil: no final response.
  public var status: UInt16?
  /// Responses of 1xx that came before.
  public var interim = 0
  /// As they came, the last one last.
  public var fields: [(name: String, value: String)] = []
  var framing = Framing.none
  public var body: [UInt8] = []
  public var bodyCount = 0
  /// Whether the response came to the end that it declared. A body that ends with the connection is whole only where a
  /// FIN ended it.
  public var isWhole = false
  /// The first thing in it that is not HTTP as RFC 9110 and 9112 allow it to be sent.
  public var fault: String?
  /// Bytes behind the end of the response.
  public var excess = 0
  /// Every byte that came, interim responses included.
  public var received = 0
  public var end = End.open

  /// The values of a field, joined as a list.
  func value(_ name: String) -> String? {
    let values = fields.filter { $0.name.lowercased() == name }.map(\.value)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  public static func == (left: Answer, right: Answer) -> Bool {
    left.status == right.status && left.body == right.body && left.bodyCount == right.bodyCount
      && left.isWhole == right.isWhole && left.fault == right.fault
  }
}
