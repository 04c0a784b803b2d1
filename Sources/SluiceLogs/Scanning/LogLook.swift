internal import SluiceDiagnosis

/// What the first lines of a log tell of it.
struct LogLook: Equatable {
  var hint = FormatHint()
  var products: [LogProduct] = []
  /// Milliseconds east of Greenwich that a line told, with what its clock showed then.
  var offset: Int64?
  var civil: Int64 = 0

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
      if offset == nil, let time = recogniser.writtenTime(of: line, format), let told = time.offset,
        told != 0 || !format.tellsMoments
      {
        offset = Int64(told) * 1000
        civil = time.civil
      }
    }
    hint.isWrapped = wrapped * 2 > lines
    hint.formats = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(FormatHint.formatsMax).map(\.key)
  }

  /// The same, where lines that many programs write are those of the one other product that the run has logs of.
  static func owned(_ looks: [LogLook], _ table: LogFormatTable) -> [LogLook] {
    let plain = table.formats.filter { LogFormat.plainNames.contains($0.format.id) }
    let owners = Set(looks.flatMap(\.products)).subtracting([.other])
    guard owners.count == 1, let owner = owners.first, let own = plain.first(where: { $0.format.product == owner })
    else { return looks }
    return looks.map { look in
      var look = look
      guard let place = look.hint.formats.firstIndex(where: { format in plain.contains { $0.index == format } })
      else { return look }
      look.hint.formats[place] = own.index
      look.products = look.products.filter { $0 != .other && $0 != owner } + [owner]
      return look
    }
  }

  /// The clock of a log that tells no offset: that of another log of the same product. Where the machine's own zone had
  /// that offset then, it is the machine's zone, which changes in summer.
  static func zone(of index: Int, _ looks: [LogLook], _ told: LogZone) -> LogZone {
    guard looks[index].offset == nil else { return told }
    for look in looks {
      guard let offset = look.offset, look.products.contains(where: looks[index].products.contains) else { continue }
      return told.offset(civil: look.civil) == offset ? told : .fixed(seconds: Int(offset / 1000))
    }
    return told
  }
}
