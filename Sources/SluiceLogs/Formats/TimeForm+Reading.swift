internal import SluiceDiagnosis

extension TimeForm {
  /// What a field tells of the time; nil where it is not in this form.
  func time(_ line: RawSpan, _ range: Range<Int>) -> LogTime? {
    guard !range.isEmpty, range.count <= LogTimeReader.prefixBytesMax, range.upperBound <= line.byteCount else {
      return nil
    }
    switch self {
    case .epochSeconds: return epoch(line, range, perSecond: 1)
    case .epochMilliseconds: return epoch(line, range, perSecond: 1000)
    case .epochMicroseconds: return epoch(line, range, perSecond: 1_000_000)
    case .commonLog, .iso, .slashes, .ctime, .syslog, .any: return LogTimeReader.time(of: line.bytes(range)[...])
    }
  }

  private func epoch(_ line: RawSpan, _ range: Range<Int>, perSecond: Double) -> LogTime? {
    guard let value = Double(line.text(range)), value >= 0, value / perSecond < 7_258_118_400 else { return nil }
    return LogTime(unixMilliseconds: Int64((value / perSecond * 1000).rounded()))
  }
}
