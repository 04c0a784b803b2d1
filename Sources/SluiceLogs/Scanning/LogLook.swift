internal import SluiceDiagnosis

/// What the first lines of a log tell of it.
struct LogLook: Equatable {
  var hint = FormatHint()
  var products: [LogProduct] = []
  /// What lines tell of their clock, in themselves or in the prefix before them.
  var clock: LogTime?
  /// Whether a line told the offset in its own time: a runtime's prefix may be of another clock.
  private var isOwnClock = false

  static let bytesMax = 32_768
  static let linesMax = 200

  init(_ head: [UInt8], _ table: LogFormatTable) {
    var recogniser = LineRecogniser(table)
    var counts: [Int: Int] = [:]
    var wrapped = 0
    var lines = 0
    for slice in head.split(separator: 0x0A).prefix(Self.linesMax) {
      let bytes = Array(slice)
      let line = bytes.span.bytes
      guard let format = recogniser.recognise(line, FormatHint()) else { continue }
      lines += 1
      counts[format.index, default: 0] += 1
      if recogniser.isUnwrapped { wrapped += 1 }
      if !products.contains(format.format.product) { products.append(format.format.product) }
      look(at: recogniser.writtenTimes(of: line, format), format)
    }
    hint = FormatHint(counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key))
    hint.isWrapped = wrapped * 2 > lines
  }

  /// The same, where lines that many programs write are those of the one other product that the run has logs of.
  static func owned(_ looks: [LogLook], _ table: LogFormatTable) -> [LogLook] {
    let plain = table.formats.filter { LogFormat.plainNames.contains($0.format.id) }
    // What other products log says nothing of lines that they cannot have written.
    let owners = Set(looks.flatMap(\.products)).intersection(plain.map(\.format.product)).subtracting([.other])
    guard owners.count == 1, let owner = owners.first, let own = plain.first(where: { $0.format.product == owner })
    else { return looks }
    return looks.map { look in
      var look = look
      var formats = look.hint.formats
      guard let place = formats.firstIndex(where: { format in plain.contains { $0.index == format } }) else {
        return look
      }
      formats[place] = own.index
      let isWrapped = look.hint.isWrapped
      look.hint = FormatHint(formats)
      look.hint.isWrapped = isWrapped
      look.products = look.products.filter { $0 != .other && $0 != owner } + [owner]
      return look
    }
  }

  private mutating func look(at times: (own: LogTime?, prefix: LogTime?), _ format: CompiledFormat) {
    // Seconds since 1970 tell nothing of the clock of the machine.
    let own = format.tellsMoments ? nil : times.own
    if let own, own.offset != nil {
      if !isOwnClock { (clock, isOwnClock) = (own, true) }
    } else if clock == nil, let prefix = times.prefix, prefix.offset != nil {
      clock = own.flatMap { Self.clock($0, prefix) } ?? prefix
    }
  }

  /// What a line's own time without an offset and the moment in the prefix before it tell together: runtimes write UTC,
  /// wherever the clock of the program stands. nil where they do not fit.
  private static func clock(_ own: LogTime, _ prefix: LogTime) -> LogTime? {
    guard own.hasYear, own.hasDate, prefix.hasYear, let offset = prefix.offset else { return nil }
    let distance = own.civil - (prefix.civil - Int64(offset) * 1000)
    guard distance.magnitude <= UInt64(offsetMax + offsetSlack) else { return nil }
    let steps = (Double(distance) / Double(offsetStep)).rounded()
    guard abs(Double(distance) - steps * Double(offsetStep)) <= Double(offsetSlack) else { return nil }
    return LogTime(civil: own.civil, offset: Int(steps) * Int(offsetStep / 1000))
  }

  /// Milliseconds: zones lie a quarter of an hour apart and at most 14 hours from UTC, and a line comes to the journal
  /// within two minutes.
  private static let offsetStep: Int64 = 900_000
  private static let offsetMax: Int64 = 50_400_000
  private static let offsetSlack: Int64 = 120_000

  /// The clock of those lines of a log that tell no offset: that of its other lines, of its prefixes, or of another log
  /// of the same product. Where the machine's own zone had that offset then, it is the machine's zone, which changes in
  /// summer.
  static func zone(of index: Int, _ looks: [LogLook], _ told: LogZone) -> LogZone {
    let others = looks.filter { $0.products.contains(where: looks[index].products.contains) }
    for look in [looks[index]] + others {
      guard let clock = look.clock, let offset = clock.offset else { continue }
      return told.offset(civil: clock.civil) == Int64(offset) * 1000 ? told : .fixed(seconds: offset)
    }
    return told
  }
}
