/// A span as the collector of Tests/Applications/Collectors decoded it, with OpenTelemetry's own classes.
struct ExportedSpan: Decodable, Sendable {
  enum Value: Decodable, Equatable, Sendable {
    case number(Double)
    case text(String)
    case isTrue(Bool)

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let value = try? container.decode(Bool.self) {
        self = .isTrue(value)
      } else if let value = try? container.decode(Double.self) {
        self = .number(value)
      } else {
        self = .text(try container.decode(String.self))
      }
    }
  }

  var traceId: String
  var spanId: String
  var parentSpanId: String
  var traceState: String
  var flags: UInt32
  var name: String
  /// 2: server, 3: client.
  var kind: Int
  /// Nanoseconds of Unix time.
  var start: UInt64
  var end: UInt64
  var attributes: [String: Value]
  /// 0: unset, 2: error.
  var status: Int
  var message: String
  var resource: [String: Value]
  var scope: String

  var isExchange: Bool { kind == 2 }

  func text(_ key: String) -> String? {
    guard case .text(let text) = attributes[key] else { return nil }
    return text
  }

  func number(_ key: String) -> Double? {
    guard case .number(let number) = attributes[key] else { return nil }
    return number
  }
}
