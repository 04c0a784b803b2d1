/// One line of a log as it is looked at: without colours, clipped, with the time that it tells.
public struct LogLine: Sendable {
  /// Unix time in milliseconds; nil: the line tells none.
  public internal(set) var time: Int64?
  /// As it stands in the log.
  var text: ArraySlice<UInt8>
  /// What the program said: without what a supervisor or logger puts before it.
  var body: ArraySlice<UInt8>
  /// Of the process that wrote it.
  var process: Int32?
  /// Further lines that a JSON object holds, as a stack trace in one of its fields.
  var isInner = false

  /// Bytes of a line that are looked at.
  public static let bytesMax = 4096

  init(time: Int64?, text: ArraySlice<UInt8>, body: ArraySlice<UInt8>, process: Int32? = nil, isInner: Bool = false) {
    self.time = time
    self.text = text
    self.body = body
    self.process = process
    self.isInner = isInner
  }

  var bodyText: String { String(decoding: body, as: UTF8.self) }

  /// Whether it goes on with what the line before began.
  var isIndented: Bool { body.first == 0x20 || body.first == 0x09 }
}
