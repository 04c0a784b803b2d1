internal import SluiceIncidents

/// Writes a reading as one of the two texts.
///
/// `_created` is left out of OpenMetrics: it would double the series of every counter, and all of them begin with the
/// process, whose start is told. Bounds of buckets are written alike in both, so that a change of format makes no new
/// series.
struct MetricsText {
  let format: MetricsFormat
  private var text: [UInt8] = []

  private init(_ format: MetricsFormat) { self.format = format }

  static func write(_ reading: MetricsReading, as format: MetricsFormat) -> [UInt8] {
    var writer = MetricsText(format)
    for family in MetricFamily.all { writer.append(family, family.samples(reading)) }
    if format == .openMetrics { writer.append("# EOF\n") }
    return writer.text
  }

  // MARK: Families

  private mutating func append(_ family: MetricFamily, _ samples: [MetricSample]) {
    guard !samples.isEmpty else { return }
    let name = format == .openMetrics ? family.stem : family.name
    let kind = format == .prometheus && family.kind == .info ? MetricFamily.Kind.gauge : family.kind
    append("# HELP \(name) ")
    append(family.help, escapingQuotes: format == .openMetrics)
    append("\n# TYPE \(name) \(kind.rawValue)\n")
    if format == .openMetrics, let unit = family.unit { append("# UNIT \(name) \(unit)\n") }
    for sample in samples { append(sample, of: family) }
  }

  private mutating func append(_ sample: MetricSample, of family: MetricFamily) {
    switch sample.value {
    case .count(let count): append(family.name, family, sample, "\(count)")
    case .number(let number): append(family.name, family, sample, Self.text(number))
    case .histogram(let histogram):
      let cumulative = histogram.cumulative
      for (index, count) in cumulative.enumerated() {
        append(family.name + "_bucket", family, sample, "\(count)", bound: Self.bounds[index])
      }
      append(family.name + "_sum", family, sample, Self.text(Double(histogram.total) / 1e9))
      append(family.name + "_count", family, sample, "\(cumulative[cumulative.count - 1])")
    case .summary(let count, let seconds):
      append(family.name + "_sum", family, sample, Self.text(seconds))
      append(family.name + "_count", family, sample, "\(count)")
    }
  }

  /// As labels have them; in seconds.
  static let bounds = DurationHistogram.boundsMilliseconds.map { text(Double($0) / 1_000) } + ["+Inf"]

  // MARK: Lines

  private mutating func append(
    _ name: String, _ family: MetricFamily, _ sample: MetricSample, _ value: String, bound: String? = nil
  ) {
    append(name)
    var opening: UInt8 = 0x7B
    for (label, value) in zip(family.labels, sample.labels) {
      text.append(opening)
      append("\(label)=\"")
      append(value, escapingQuotes: true)
      text.append(0x22)
      opening = 0x2C
    }
    if let bound {
      text.append(opening)
      append("le=\"\(bound)\"")
      opening = 0x2C
    }
    if opening == 0x2C { text.append(0x7D) }
    append(" \(value)")
    if format == .openMetrics, let exemplar = sample.exemplar {
      append(" # {incident=\"\(exemplar.incident)\"} 1 \(Self.seconds(exemplar.time))")
    }
    text.append(0x0A)
  }

  private mutating func append(_ plain: String) { text.append(contentsOf: plain.utf8) }

  /// A backslash, a line feed and, where it would end the text, a quote are written out.
  private mutating func append(_ value: String, escapingQuotes: Bool) {
    for byte in value.utf8 {
      switch byte {
      case 0x5C: append("\\\\")
      case 0x0A: append("\\n")
      case 0x22 where escapingQuotes: append("\\\"")
      default: text.append(byte)
      }
    }
  }

  /// Swift's shortest text that reads back as the same number, with the names of the formats for what is none.
  static func text(_ number: Double) -> String {
    if number.isNaN { return "NaN" }
    if number.isInfinite { return number < 0 ? "-Inf" : "+Inf" }
    return "\(number)"
  }

  /// Milliseconds as seconds.
  private static func seconds(_ milliseconds: Int64) -> String {
    let fraction = "\(milliseconds % 1_000)"
    return "\(milliseconds / 1_000).\(String(repeating: "0", count: max(3 - fraction.count, 0)))\(fraction)"
  }
}
