extension LogLineReader {
  /// The lines of a part of a file, in order.
  ///
  /// - Parameter isCutAtStart: The part begins within a line, which is left out.
  public static func lines(of bytes: [UInt8], isCutAtStart: Bool, clock: LogClock) -> [LogLine] {
    LogText.lines(of: bytes).dropFirst(isCutAtStart ? 1 : 0).flatMap { range in
      lines(withoutZeros(bytes[range]), clock: clock)
    }
  }

  /// The times that the lines of a part of a file tell, in order; the first line may be cut.
  public static func times(of bytes: [UInt8]) -> [LogTime] {
    LogText.lines(of: bytes).compactMap { range in
      LogTimeReader.time(of: LogText.plain(withoutZeros(bytes[range]).prefix(LogFields.bytesMax)))
    }
  }

  /// Unix time in milliseconds of one line.
  public static func time(of line: ArraySlice<UInt8>, clock: LogClock) -> Int64? {
    LogTimeReader.time(of: LogText.plain(withoutZeros(line).prefix(LogFields.bytesMax))).flatMap(clock.time)
  }

  /// The first line behind which times only rise, but for an hour that several writers may be apart.
  public static func lastFall(_ lines: [LogLine]) -> Int {
    var later: Int64?
    for index in lines.indices.reversed() {
      guard let time = lines[index].time else { continue }
      if let later, time > later + 3_600_000 { return index + 1 }
      later = time
    }
    return 0
  }

  /// What truncation leaves before the first line that follows it.
  private static func withoutZeros(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> { line.drop { $0 == 0 } }
}
