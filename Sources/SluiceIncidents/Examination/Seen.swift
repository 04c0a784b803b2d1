/// What came of one look: a value, or the reason why there is none.
public enum Seen<Value: Equatable & Sendable & Codable>: Equatable, Sendable {
  case value(Value)
  /// It could not be looked at. A sentence that says why, and which right or file is missing.
  case notRun(String)
  /// The time for it was over.
  case timedOut(milliseconds: Double)

  public var value: Value? {
    if case .value(let value) = self { value } else { nil }
  }
}

/// `{"seen": …}`, `{"notRun": "…"}` or `{"timedOutMs": 500}`.
extension Seen: Codable {
  private enum CodingKeys: String, CodingKey {
    case seen
    case notRun
    case timedOutMs
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    if let reason = try container.decodeIfPresent(String.self, forKey: .notRun) {
      self = .notRun(reason)
    } else if let milliseconds = try container.decodeIfPresent(Double.self, forKey: .timedOutMs) {
      self = .timedOut(milliseconds: milliseconds)
    } else {
      self = .value(try container.decode(Value.self, forKey: .seen))
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .value(let value): try container.encode(value, forKey: .seen)
    case .notRun(let reason): try container.encode(reason, forKey: .notRun)
    case .timedOut(let milliseconds): try container.encode(milliseconds, forKey: .timedOutMs)
    }
  }
}
