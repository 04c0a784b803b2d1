internal import SluiceCore

/// JSON without a library: objects in a fixed order, texts escaped (RFC 8259 section 7).
enum LabText {
  static func string(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let digits = String(scalar.value, radix: 16)
          out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out + "\""
  }

  static func string(_ text: String?) -> String { text.map { string($0) } ?? "null" }

  static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { string($0.0) + ":" + $0.1 }.joined(separator: ",") + "}"
  }

  static func array(_ items: [String]) -> String { "[" + items.joined(separator: ",") + "]" }

  static func json(of counts: LabCounts) -> String {
    func sorted(_ map: [String: Int]) -> String {
      object(map.sorted { $0.key < $1.key }.map { ($0.key, String($0.value)) })
    }
    return object([
      ("connectionsOpened", String(counts.connectionsOpened)), ("connectionsOpen", String(counts.connectionsOpen)),
      ("connectionsRefused", String(counts.connectionsRefused)), ("requests", String(counts.requests)),
      ("requestsByPath", sorted(counts.requestsByPath)), ("bodies", String(counts.bodies)),
      ("bodyBytes", String(counts.bodyBytes)), ("idempotencyKeys", sorted(counts.idempotencyKeys)),
    ]) + "\n"
  }

  static func json(of scenario: Scenario, _ plan: LabPlan) -> String {
    object([
      ("name", string(scenario.name)), ("summary", string(scenario.summary)), ("row", number(scenario.row)),
      ("reach", json(of: scenario.reach, port: plan.port(of: scenario), socket: plan.unixPath(of: scenario), plan)),
      ("transport", string(scenario.transport.rawValue)), ("gatewayTarget", string(scenario.gatewayTarget)),
      ("request", json(of: scenario.request)),
      ("expected", json(of: scenario.expected)),
    ])
  }

  /// The same members for each way: what does not apply, or is not known before the lab runs, is null.
  private static func json(of reach: Reach, port: Int?, socket: String?, _ plan: LabPlan) -> String {
    let (kind, host): (String, String?) =
      switch reach {
      case .path: ("path", plan.host)
      case .port: ("port", plan.host)
      case .unix: ("unix", nil)
      case .address(let host, _): ("address", host)
      }
    let target = if case .path(let target) = reach { target } else { "/" }
    return object([
      ("kind", string(kind)), ("host", string(host)), ("port", number(port)), ("socket", string(socket)),
      ("target", string(target)),
    ])
  }

  static func number(_ value: Int?) -> String { value.map { String($0) } ?? "null" }

  private static func json(of request: RequestHint) -> String {
    object([
      ("method", string(request.method)), ("bodyBytes", String(request.bodyBytes)),
      ("chunked", String(request.isChunked)),
      ("headers", array(request.headers.map { object([("name", string($0.name)), ("value", string($0.value))]) })),
      ("requests", String(request.requests)), ("pause", String(request.pause)),
    ])
  }

  private static func json(of expected: Expectation) -> String {
    object([
      ("cause", string(expected.cause?.identifier)), ("status", expected.status.map { String($0) } ?? "null"),
      ("proxyErrorType", string(expected.proxyErrorType?.identifier)), ("who", string(expected.owner?.identifier)),
      ("alternativeCauses", array(expected.alternativeCauses.map { string($0.identifier) })),
      ("mayAbort", String(expected.mayAbort)), ("maySucceed", String(expected.maySucceed)),
      ("timing", string(expected.timing.rawValue)),
      ("indistinguishableFrom", array(expected.indistinguishableFrom.map { string($0.identifier) })),
    ])
  }
}
