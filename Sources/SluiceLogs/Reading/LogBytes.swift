internal import Glibc

/// The bytes of one file or of standard input, unpacked where they are gzip.
final class LogBytes {
  let path: String
  let isRegular: Bool
  /// Bytes of the file, packed as they are; 0 where it is no file.
  let size: Int
  /// Unix time in milliseconds of the last write; nil where it is no file.
  let written: Int64?
  let identity: FileIdentity
  /// Bytes that were read, packed as they are.
  private(set) var taken = 0
  /// What a person should know of how the reading ended.
  private(set) var remark: String?
  /// Whether that is because it could not be read, or not to its end.
  private(set) var isUnread = false
  private(set) var isGzip = false

  private let descriptor: Int32
  private var inflater = Inflater()
  private var packed: [UInt8] = []
  private var packedStart = 0
  private var packedEnd = 0
  private var hasBegun = false
  private var isWithinMember = false
  private var isAtEnd = false

  private static let packedBytes = 131_072

  init(_ path: String) throws(LogReadProblem) {
    self.path = path
    if path == "-" {
      descriptor = dup(0)
    } else {
      descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    }
    guard descriptor >= 0 else { throw LogReadProblem(path: path, error: errno) }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else {
      let error = errno
      close(descriptor)
      throw LogReadProblem(path: path, error: error)
    }
    let kind = facts.st_mode & S_IFMT
    guard kind != S_IFDIR else {
      close(descriptor)
      throw LogReadProblem(path: path, error: EISDIR)
    }
    isRegular = kind == S_IFREG
    size = isRegular ? Int(facts.st_size) : 0
    written = isRegular ? Int64(facts.st_mtim.tv_sec) * 1000 : nil
    identity = FileIdentity(device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino))
    if isRegular { posix_fadvise(descriptor, 0, 0, POSIX_FADV_SEQUENTIAL) }
  }

  deinit { close(descriptor) }

  /// Whether a read would wait for somebody to write.
  var wouldWait: Bool {
    guard !isRegular, packedStart == packedEnd else { return false }
    var question = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&question, 1, 0) == 0
  }

  /// Reads again from the beginning: the file became shorter. What it holds now may be of another kind.
  func rewind() {
    lseek(descriptor, 0, SEEK_SET)
    taken = 0
    (isAtEnd, isUnread, remark) = (false, false, nil)
    guard hasBegun else { return }
    (hasBegun, isGzip, isWithinMember) = (false, false, false)
    (packedStart, packedEnd) = (0, 0)
    inflater = Inflater()
  }

  /// Reads into `buffer[start..<end]`.
  ///
  /// - Returns: how many bytes; 0 at the end, which a growing file may have again later.
  func read(into buffer: inout [UInt8], from start: Int, to end: Int) -> Int {
    if isGzip { return unpack(into: &buffer, from: start, to: end) }
    var count = readPacked(into: &buffer, from: start, to: end)
    guard !hasBegun, count > 0 else { return count }
    hasBegun = true
    // A pipe may give the first bytes one by one.
    while start + count < end, Self.isBeginOfPacked(buffer[start..<start + count]) {
      let more = readPacked(into: &buffer, from: start + count, to: end)
      if more == 0 { break }
      count += more
    }
    if buffer[start..<start + count].starts(with: Self.gzip) {
      isGzip = true
      packed = Array(buffer[start..<start + count])
      packed += [UInt8](repeating: 0, count: max(0, Self.packedBytes - count))
      (packedStart, packedEnd) = (0, count)
      return unpack(into: &buffer, from: start, to: end)
    }
    if let packer = Self.packer(buffer[start..<start + count]) {
      remark = "is packed with \(packer): unpack it first, as in \(packer) -dc \(path) | sluice logs -"
      (isAtEnd, isUnread) = (true, true)
      return 0
    }
    return count
  }

  private static let gzip: [UInt8] = [0x1F, 0x8B]
  private static let packers: [(name: String, begin: [UInt8])] = [
    ("zstd", [0x28, 0xB5, 0x2F, 0xFD]), ("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A]), ("bzip2", [0x42, 0x5A, 0x68]),
    ("lz4", [0x04, 0x22, 0x4D, 0x18]),
  ]

  private static func packer(_ head: ArraySlice<UInt8>) -> String? {
    packers.first { head.starts(with: $0.begin) }?.name
  }

  /// Whether more bytes have to be known.
  private static func isBeginOfPacked(_ head: ArraySlice<UInt8>) -> Bool {
    ([gzip] + packers.map(\.begin)).contains { head.count < $0.count && $0.starts(with: head) }
  }

  private func readPacked(into buffer: inout [UInt8], from start: Int, to end: Int) -> Int {
    guard !isAtEnd, start < end else { return 0 }
    precondition(start >= 0 && end <= buffer.count)
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        bytes.baseAddress.map { Glibc.read(descriptor, $0 + start, end - start) } ?? 0
      }
      if count >= 0 {
        taken += count
        return count
      }
      if errno == EINTR { continue }
      remark = LogReadProblem(path: path, error: errno).sentence + " (after \(taken) bytes)"
      (isAtEnd, isUnread) = (true, true)
      return 0
    }
  }

  private func unpack(into buffer: inout [UInt8], from start: Int, to end: Int) -> Int {
    var filled = start
    while filled == start, start < end {
      if packedStart == packedEnd {
        packedStart = 0
        packedEnd = isAtEnd ? 0 : readPacked(into: &packed, from: 0, to: packed.count)
        guard packedEnd > 0 else {
          if isWithinMember, remark == nil { remark = "ends within its packed data: what could be unpacked was read" }
          isAtEnd = true
          return 0
        }
      }
      if !isWithinMember, packed[packedStart] != 0x1F {
        // Zeros fill up the last block of a tape or disk; anything else is told.
        if packed[packedStart..<packedEnd].contains(where: { $0 != 0 }) {
          remark = "has something behind its packed data that is not gzip: it was left out"
          isAtEnd = true
        }
        packedStart = packedEnd
        continue
      }
      isWithinMember = true
      switch inflater.step(packed, &packedStart, to: packedEnd, &buffer, &filled, to: end) {
      case .more: break
      case .ended: isWithinMember = false
      case .broken(let reason):
        remark = "is damaged (\(reason)): what could be unpacked before that was read"
        isAtEnd = true
        packedStart = packedEnd
        isWithinMember = false
      }
    }
    return filled - start
  }
}
