/// Reads one log in blocks of whole lines, file after file.
///
/// A line that is longer than a block is given to its first `BlockScanner.lineMax` bytes, and the rest of it is
/// skipped.
///
/// Blocks of an export of the journal end behind a record: its lines belong together.
final class LogReader {
  let set: LogSet
  /// Those of the set. A file that was moved away or emptied while it was followed stays among them under a name that
  /// says so, and what has its path now stands behind it.
  private(set) var files: [String]
  private(set) var isAtEnd = false
  /// Whether there was nothing more to read, for now.
  private(set) var isDry = false
  /// Unix time in milliseconds of the last write to the file that is read.
  private(set) var written: Int64?

  private let follows: Bool
  private var bytes: LogBytes?
  private var file = -1
  private var reading = 0
  /// What was read behind the last line feed.
  private var carry: [UInt8] = []
  private var isSkipping = false
  private var isReplaced = false
  private var bytesOfFinished = 0
  /// Of files that were read, or could not be opened.
  private var remarksOfFinished: [LogReadProblem] = []
  /// Polls one after another at which a file that was moved away had given nothing new, and what it had given.
  private var quietPolls = 0
  private var takenAtPoll = -1

  /// Files that are remembered after they were moved away or emptied; lines of further ones are told by the path.
  static let asideMax = 64
  /// Programs write to the old file until they open the new one.
  static let quietPollsMax = 2

  init(_ set: LogSet, follows: Bool = false) {
    self.set = set
    files = set.files
    self.follows = follows
  }

  /// Of all files so far: what a person should know of how the reading ended.
  var remarks: [LogReadProblem] { remarksOfFinished + [bytes.flatMap(Self.remark)].compactMap { $0 } }

  private static func remark(_ bytes: LogBytes) -> LogReadProblem? {
    bytes.remark.map { LogReadProblem(path: bytes.path, sentence: $0, isRemark: !bytes.isUnread) }
  }

  /// Bytes of files that were read, packed as they are.
  var taken: Int { bytesOfFinished + (bytes?.taken ?? 0) }

  /// Whether reading on would wait for somebody to write.
  var wouldWait: Bool { bytes?.wouldWait ?? false }

  /// The first bytes, which the first block has again: what the log is can be seen by them.
  func peek(_ count: Int) -> [UInt8] {
    guard carry.isEmpty, !isSkipping, open(), !(follows && wouldWait) else { return carry }
    var head = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count, let bytes {
      let got = bytes.read(into: &head, from: filled, to: count)
      filled += got
      if got == 0 || !bytes.isRegular { break }
    }
    carry = Array(head[..<filled])
    return carry
  }

  /// - Returns: nil where there is nothing to read: at the end of the log, or, where it is followed, for now.
  func fill(_ buffer: inout [UInt8]) -> FilledBlock? {
    while open(), let bytes {
      var count = carry.count
      buffer.replaceSubrange(0..<count, with: carry)
      carry.removeAll(keepingCapacity: true)
      let isEnded = read(bytes, into: &buffer, &count)
      if isEnded {
        if followed != nil, !isReplaced, bytes.isRegular {
          // The last line may not be whole yet.
          let end = Self.endOfLines(buffer, count)
          carry = Array(buffer[end..<count])
          if end == 0 { isDry = true }
          return end > 0 ? FilledBlock(count: end, file: file, reading: reading) : nil
        }
        let block = FilledBlock(count: count, file: file, reading: reading)
        finish()
        if count > 0 { return block }
        continue
      }
      let end = Self.endOfLines(buffer, count)
      if end > 0 {
        carry = Array(buffer[end..<count])
        return FilledBlock(count: end, file: file, reading: reading)
      }
      if count == buffer.count {
        isSkipping = true
        // One byte more than the bound, so that whoever scans it sees that it was cut.
        return FilledBlock(count: min(count, BlockScanner.lineMax + 1), file: file, reading: reading)
      }
      carry = Array(buffer[..<count])
      isDry = true
      return nil
    }
    return nil
  }

  /// Fills the buffer; true at the end of the file.
  private func read(_ bytes: LogBytes, into buffer: inout [UInt8], _ count: inout Int) -> Bool {
    while count < buffer.count {
      let got = bytes.read(into: &buffer, from: count, to: buffer.count)
      if got == 0 { return true }
      var kept = got
      if isSkipping {
        guard let end = buffer[count..<count + got].firstIndex(of: 0x0A) else { continue }
        isSkipping = false
        let rest = Array(buffer[(end + 1)..<(count + got)])
        buffer.replaceSubrange(count..<count + rest.count, with: rest)
        kept = rest.count
      }
      count += kept
      if !bytes.isRegular, Self.endOfLines(buffer, count) > 0 { return false }
    }
    return false
  }

  private static func endOfLines(_ buffer: [UInt8], _ count: Int) -> Int {
    var end = count
    while end > 0, buffer[end - 1] != 0x0A { end -= 1 }
    guard end > 0, isExport(buffer) else { return end }
    var record = end
    while record > 1, buffer[record - 1] != 0x0A || buffer[record - 2] != 0x0A { record -= 1 }
    return record > 1 ? record : end
  }

  /// Whether the block holds records of the journal (`journalctl -o export`), which an empty line ends.
  private static func isExport(_ buffer: [UInt8]) -> Bool {
    JournalLine.cursor.withUTF8Buffer { buffer.starts(with: $0) }
  }

  /// Opens the next file where none is open; false where there is none.
  private func open() -> Bool {
    while bytes == nil {
      guard file + 1 < files.count else {
        isAtEnd = true
        return false
      }
      file += 1
      reading += 1
      do throws(LogReadProblem) {
        let next = try LogBytes(files[file])
        bytes = next
        written = next.written ?? written
      } catch {
        remarksOfFinished.append(error)
      }
    }
    return true
  }

  /// The file that is watched for what is written to it.
  var followed: LogBytes? { follows && file == files.count - 1 ? bytes : nil }

  /// The file may have grown.
  func wake() { isDry = false }

  /// Lines without a year may be of a later one than that in which the file was opened.
  func note(written time: Int64) { written = max(written ?? time, time) }

  /// The file was moved away and another has its name: when nothing more comes, the rest of it is read, then the new
  /// one.
  func replace() {
    let taken = bytes?.taken ?? 0
    quietPolls = taken == takenAtPoll ? quietPolls + 1 : 0
    takenAtPoll = taken
    if quietPolls >= Self.quietPollsMax { isReplaced = true }
  }

  /// The file became shorter: it is read from its beginning.
  func restart() {
    carry.removeAll()
    isSkipping = false
    reading += 1
    bytes?.rewind()
    if setAside("before it was emptied") { file += 1 }
  }

  /// - Returns: false where too many are remembered.
  private func setAside(_ why: String) -> Bool {
    guard let path = set.files.last, files.count < set.files.count + Self.asideMax else { return false }
    files[file] = "\(path) (\(why))"
    files.append(path)
    return true
  }

  private func finish() {
    guard let bytes else { return }
    bytesOfFinished += bytes.taken
    if let remark = Self.remark(bytes) { remarksOfFinished.append(remark) }
    self.bytes = nil
    isSkipping = false
    if isReplaced, !setAside("before it was moved away") { file -= 1 }
    isReplaced = false
    (quietPolls, takenAtPoll) = (0, -1)
  }
}
