/// Reads one log in blocks of whole lines, file after file.
///
/// A line that is longer than a block is given to its first `BlockScanner.lineMax` bytes, and the rest of it is skipped
/// and counted.
final class LogReader {
  let set: LogSet
  private(set) var isAtEnd = false
  /// Whether there was nothing more to read, for now.
  private(set) var isDry = false
  private(set) var remarks: [LogReadProblem] = []
  /// Bytes of lines that were left out because the line is too long.
  private(set) var skippedBytes = 0
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

  init(_ set: LogSet, follows: Bool = false) {
    self.set = set
    self.follows = follows
  }

  /// Bytes of files that were read, packed as they are.
  var taken: Int { bytesOfFinished + (bytes?.taken ?? 0) }

  /// Whether reading on would wait for somebody to write.
  var wouldWait: Bool { bytes?.wouldWait ?? false }

  /// The first bytes, which the first block has again: what the log is can be seen by them.
  func peek(_ count: Int) -> [UInt8] {
    guard carry.isEmpty, open(), !(follows && wouldWait) else { return carry }
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
        let kept = min(count, BlockScanner.lineMax + 1)
        skippedBytes += count - kept
        return FilledBlock(count: kept, file: file, reading: reading)
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
        guard let end = buffer[count..<count + got].firstIndex(of: 0x0A) else {
          skippedBytes += got
          continue
        }
        isSkipping = false
        let rest = Array(buffer[(end + 1)..<(count + got)])
        skippedBytes += end - count
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
    return end
  }

  /// Opens the next file where none is open; false where there is none.
  private func open() -> Bool {
    while bytes == nil {
      guard file + 1 < set.files.count else {
        isAtEnd = true
        return false
      }
      file += 1
      reading += 1
      do throws(LogReadProblem) {
        let next = try LogBytes(set.files[file])
        bytes = next
        written = next.written ?? written
      } catch {
        remarks.append(error)
      }
    }
    return true
  }

  /// The file that is watched for what is written to it.
  var followed: LogBytes? { follows && file == set.files.count - 1 ? bytes : nil }

  /// The file may have grown.
  func wake() { isDry = false }

  /// The file was moved away and another has its name: what is left of the old one is read, then the new one.
  func replace() { isReplaced = true }

  /// The file became shorter: it is read from its beginning.
  func restart() {
    carry.removeAll()
    reading += 1
    bytes?.rewind()
  }

  private func finish() {
    guard let bytes else { return }
    bytesOfFinished += bytes.taken
    if let remark = bytes.remark { remarks.append(LogReadProblem(path: bytes.path, sentence: remark)) }
    self.bytes = nil
    isSkipping = false
    if isReplaced { file -= 1 }
    isReplaced = false
  }
}
