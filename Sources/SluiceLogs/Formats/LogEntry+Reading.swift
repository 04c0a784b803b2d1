internal import SluiceCore
internal import SluiceDiagnosis

extension LogEntry {
  /// What all formats tell alike. Times are not among it: each format has its own unit.
  init(_ product: LogProduct, _ kind: Kind, reading values: FieldValues) {
    self.init(product: product, kind: kind, place: LinePlace(source: 0, file: 0, line: 0), time: nil, text: "")
    status = values.status(.status)
    upstreamStatus = values.status(.upstreamStatus)
    upstream = values[.upstream]
    endpoint = values[.endpoint]
    route = values[.route]
    client = values[.client].map(ClientText.withoutOptionalPort)
    let request = RequestLineText(values)
    method = values[.method] ?? request.method
    path = values[.path] ?? request.path
    host = values[.host]
    requestID = values[.requestID]
    connection = values[.connection]
    process = values.number(.process)
    retries = values.count(.retries)
    bytes = values[.bytes].flatMap { UInt64($0) }
  }

  /// Takes over what the first matching row says of the line; nil where none matches.
  @discardableResult
  mutating func conclude(_ rows: [Signature], _ values: FieldValues) -> Signature? {
    guard let row = rows.first(matching: values) else { return nil }
    take(row, detail: values[.message])
    return row
  }

  /// What a Proxy-Status field tells is nearer to the failure than a status: it is taken where the line itself tells no
  /// more than that the endpoint answered so, or nothing that is likely.
  mutating func conclude(proxyStatus text: String?) {
    guard let text, (status ?? 0) >= 500, let told = ProxyStatusText.conclusion(of: text) else { return }
    if let conclusion, conclusion.cause != .upstreamStatus, conclusion.sure >= .likely { return }
    // For this proxy it was an answer all the same.
    let isAnswer = conclusion?.cause == .upstreamStatus
    conclusion = told
    if isAnswer, told.cause != .upstreamStatus { conclusion?.alternatives.insert(.upstreamStatus, at: 0) }
  }
}
