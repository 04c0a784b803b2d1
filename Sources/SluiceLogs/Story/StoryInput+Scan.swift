extension StoryInput {
  /// - Parameter remarks: sentences beside those of the scan.
  public init(_ result: LogScanResult, remarks: [String] = []) {
    let logs = result.logs.map { log in
      LogSource(
        files: log.set.files.map { $0 == "-" ? log.set.name : $0 }, formats: log.formats.map(\.format),
        lines: log.lines, recognised: log.recognised, blank: log.blank, first: log.first.map(Moment.text),
        last: log.last.map(Moment.text), problems: log.problems.map { "\($0.path): \($0.sentence)." })
    }
    let samples = result.logs.flatMap(\.unrecognised)
    let cut = result.logs.reduce(0) { $0 + $1.cut }
    let long =
      cut > 0 ? ["\(Numbers.plain(cut)) lines are longer than 64 KiB; only the beginning of each was looked at."] : []
    self.init(
      lines: result.lines, recognised: result.recognised, blank: result.blank, counted: result.counted,
      first: result.logs.compactMap(\.earliest).min(), last: result.logs.compactMap(\.latest).max(),
      bytes: result.bytes, logs: logs, unrecognised: samples,
      remarks: result.remarks + long + remarks)
  }
}
