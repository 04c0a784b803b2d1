/// The upstream variables of nginx: lists with one element for each attempt, `, ` between two attempts and ` : `
/// where an internal redirect led to another upstream.
struct NginxAttempts {
  /// Attempts that are kept of one request, the last of them.
  static let countMax = 32

  private let endpoints: [String?]
  private let statuses: [String?]
  private let connectTimes: [String?]
  private let headTimes: [String?]
  private let responseTimes: [String?]
  private let bytes: [String?]
  private let tellsConnectTime: Bool
  private let tellsHeadTime: Bool
  private let tellsEndpoint: Bool

  init(_ values: FieldValues) {
    endpoints = Self.list(values[.endpoint])
    statuses = Self.list(values[.upstreamStatus])
    connectTimes = Self.list(values[.upstreamConnectTime])
    headTimes = Self.list(values[.upstreamHeadTime])
    responseTimes = Self.list(values[.upstreamResponseTime])
    bytes = Self.list(values[.upstreamBytes])
    tellsConnectTime = values.isWritten(.upstreamConnectTime)
    tellsHeadTime = values.isWritten(.upstreamHeadTime)
    tellsEndpoint = values.isWritten(.endpoint) || values.isWritten(.upstreamStatus)
  }

  var count: Int {
    [endpoints, statuses, connectTimes, headTimes, responseTimes].map(\.count).max() ?? 0
  }

  func attempt(_ index: Int) -> LogAttempt {
    LogAttempt(
      endpoint: Self.element(endpoints, index),
      status: Self.element(statuses, index).flatMap { UInt16($0) }.flatMap { $0 == 0 ? nil : $0 },
      connect: Self.milliseconds(connectTimes, index), head: Self.milliseconds(headTimes, index),
      whole: Self.milliseconds(responseTimes, index))
  }

  /// nil: the log does not tell.
  func phase(_ index: Int) -> NginxPhase? {
    if count == 0 { return tellsEndpoint ? .notAsked : nil }
    if Self.element(headTimes, index) != nil { return .answered }
    if let size = Self.element(bytes, index), size != "0" { return .answered }
    if tellsConnectTime, Self.element(connectTimes, index) == nil { return .connecting }
    if tellsHeadTime, tellsConnectTime { return .waiting }
    // Without the time of connecting, a missing head says only that none came.
    return nil
  }

  private static func milliseconds(_ list: [String?], _ index: Int) -> Double? {
    element(list, index).flatMap { Double($0) }.flatMap { $0 >= 0 && $0 < 1e9 ? ($0 * 1000).rounded() : nil }
  }

  private static func element(_ list: [String?], _ index: Int) -> String? {
    list.indices.contains(index) ? list[index] : nil
  }

  /// Elements without a value are nil.
  static func list(_ text: String?) -> [String?] {
    guard let text else { return [] }
    var elements: [String?] = []
    var word = ""
    var parts = text.utf8.split(whereSeparator: { $0 == 0x20 || $0 == 0x09 })[...]
    if parts.count > 4 * countMax { parts = parts.suffix(4 * countMax) }
    for part in parts {
      if part.elementsEqual(":".utf8) { continue }
      word = String(Substring(part))
      // `a,b` without a space is how some JSON formats and `escape` write it.
      for element in word.split(separator: ",") { elements.append(element == "-" ? nil : String(element)) }
    }
    return elements.suffix(countMax)
  }
}
