/// An entry of the system's journal as `journalctl -o json` prints it.
public struct JournalEntry: Equatable, Sendable {
  /// Unix time in milliseconds.
  public var time: Int64?
  public var process: Int32?
  public var message: [UInt8]

  /// nil: the line is no entry, or its message is none that can be read.
  public init?(_ line: ArraySlice<UInt8>) {
    guard let fields = LogFields(line) else { return nil }
    time = fields["__REALTIME_TIMESTAMP"].flatMap { Int64($0) }.map { $0 / 1000 }
    process = (fields["_PID"] ?? fields["SYSLOG_PID"]).flatMap { Int32($0) }
    // A message with bytes that are no text, such as colours, is given as a list of numbers.
    if let text = fields["MESSAGE"], text != "null" {
      message = Array(text.utf8)
    } else if let bytes = Self.list(behind: "\"MESSAGE\"", in: line) {
      message = bytes
    } else {
      return nil
    }
  }

  private static func list(behind key: StaticString, in line: ArraySlice<UInt8>) -> [UInt8]? {
    let wanted = key.withUTF8Buffer { Array($0) }
    guard line.count > wanted.count,
      let start = (line.startIndex..<(line.endIndex - wanted.count)).first(where: { line[$0...].starts(with: wanted) })
    else { return nil }
    var cursor = LogCursor(line, at: start + wanted.count)
    while cursor.take(" :") != nil {}
    guard cursor.take("[") != nil else { return nil }
    var bytes: [UInt8] = []
    while true {
      while cursor.take(" ,") != nil {}
      guard let number = cursor.number(digits: 1...3), let byte = UInt8(exactly: number) else { break }
      bytes.append(byte)
    }
    return bytes
  }
}
