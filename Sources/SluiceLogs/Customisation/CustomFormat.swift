internal import SluiceCore
internal import SluiceDiagnosis

/// A format that a user described.
struct CustomFormat: Sendable {
  enum Shape: Sendable {
    case templates([LineTemplate])
    case json([String: LogField])
  }

  var name: String
  var product = LogProduct.other
  var shape: Shape
  var time = TimeForm.any
  /// Of `totalTime`, `headTime`, `connectTime` and `queueTime`, so many to the second.
  var unitsPerSecond = 1000.0
  /// Whether it is written in the product's own words, so that the product's own judgement fits.
  var isProxys = false

  /// One for each template, all with the same name in reports.
  var formats: [LogFormat] {
    let own = isProxys ? LogFormat.all.first { $0.id == Self.access[self.product] } : nil
    let shapes: [LineShape]
    switch shape {
    case .templates(let templates): shapes = templates.map { LineShape.template($0) }
    case .json(let keys): shapes = [LineShape.json(keys)]
    }
    let product = product
    let units = unitsPerSecond
    let entry = own?.entry ?? { @Sendable values in Self.entry(product, units, values) }
    var formats: [LogFormat] = []
    for (index, shape) in shapes.enumerated() {
      formats.append(
        LogFormat(
          id: index == 0 ? name : "\(name)-\(index + 1)", product: product, shape: shape, time: time,
          isTimeOfStart: own?.isTimeOfStart ?? false, accepts: Self.accepts,
          isOrdinary: own?.isOrdinary ?? Self.isOrdinary, entry: entry))
    }
    return formats
  }

  /// The formats whose fields a proxy's own format string fills.
  private static let access: [LogProduct: String] = [
    .nginx: "nginx-access", .haproxy: "haproxy", .httpd: "httpd-access", .envoy: "envoy-text",
  ]

  /// A status is three digits, or a sign that there was none.
  @Sendable
  private static func accepts(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    guard let range = fields.range(.status) else { return fields.present != 0 }
    guard range.count <= 3, let first = fields.first(.status, line) else { return false }
    return first >= 0x30 && first <= 0x39 || first == 0x2D
  }

  @Sendable
  private static func isOrdinary(_ line: RawSpan, _ fields: borrowing FieldSet) -> Bool {
    fields.isStatusBelow500(line) ? !fields.isText(.status, "499", line) : false
  }

  private static func entry(_ product: LogProduct, _ units: Double, _ values: FieldValues) -> LogEntry? {
    let isRequest = [LogField.status, .request, .path].contains { values[$0] != nil }
    var entry = LogEntry(product, isRequest ? .request : .event, reading: values)
    entry.totalTime = values.milliseconds(.totalTime, perSecond: units)
    entry.headTime = values.milliseconds(.headTime, perSecond: units)
    entry.connectTime = values.milliseconds(.connectTime, perSecond: units)
    entry.queueTime = values.milliseconds(.queueTime, perSecond: units)
    guard isRequest else { return values[.message] == nil ? nil : entry }
    entry.conclude(rows(for: product), values)
    entry.conclude(proxyStatus: values[.proxyStatus])
    return entry
  }

  /// What statuses alone say.
  private static func rows(for product: LogProduct) -> [Signature] {
    [
      Signature(
        "U1", product, [.number(.status, 500...599), .number(.upstreamStatus, 500...599)],
        .failure(.upstreamStatus, .likely)),
      Signature("U2", product, [.is(.status, ["499"])], .failure(.clientAborted, .likely)),
      Signature(
        "U3", product, [.number(.status, 500...599)],
        .failure(.upstreamStatus, or: [.connectRefused, .closedBeforeResponse, .responseHeaderTimeout], .unknown),
        who: .unknown),
    ]
  }
}
