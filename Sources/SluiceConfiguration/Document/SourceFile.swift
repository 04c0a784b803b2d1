#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The system call, by a name that no method here hides.
private func readBytes(_ descriptor: CInt, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}

/// Reads a file into a text, or says why that is not possible.
enum SourceFile {
  /// The file's text without a byte order mark. Throws where it is missing, unreadable, no regular file, larger than
  /// `ConfigurationBounds.fileBytes` or not UTF-8.
  static func read(path: String) throws(Located) -> String {
    try text(of: try bytes(path: path))
  }

  /// A mistake and where in the file it is.
  struct Located: Error {
    var mistake: Mistake
    var position: Position = .whole
  }

  private static func bytes(path: String) throws(Located) -> [UInt8] {
    // O_NONBLOCK: opening a FIFO that nobody writes to would wait for ever.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failed("the file cannot be opened", errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failed("the file cannot be read", errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw Located(mistake: Mistake("this is a directory; name the configuration file in it"))
    default: throw Located(mistake: Mistake("this is not a regular file"))
    }
    let limit = ConfigurationBounds.fileBytes
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while result.count <= limit {
      // The size that fstat gave is not trusted: a file may grow while it is read.
      let count = chunk.withUnsafeMutableBytes { readBytes(descriptor, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        throw failed("the file cannot be read", errno)
      }
      if count == 0 { return result }
      result.append(contentsOf: chunk[..<count])
    }
    throw Located(mistake: Mistake("the file is larger than 1 MiB, which no configuration needs"))
  }

  private static func failed(_ what: String, _ code: CInt) -> Located {
    switch code {
    case ENOENT: Located(mistake: Mistake("no such file"))
    case EACCES: Located(mistake: Mistake("\(what): permission denied"))
    default: Located(mistake: Mistake("\(what): \(String(cString: strerror(code)))"))
    }
  }

  /// UTF-8 without NUL.
  static func text(of bytes: [UInt8]) throws(Located) -> String {
    var bytes = bytes[...]
    if bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0xFF, 0xFE]) {
      throw Located(mistake: Mistake("the file is UTF-16; save it as UTF-8"))
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes = bytes.dropFirst(3) }
    if let index = bytes.firstIndex(of: 0) {
      throw Located(
        mistake: Mistake("this is a binary file: it has a NUL byte here"), position: position(of: index, in: bytes))
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Located(
        mistake: Mistake("this is a binary file, or not UTF-8: the bytes here are no character"),
        position: position(of: firstInvalid(in: bytes), in: bytes))
    }
    return text
  }

  private static func firstInvalid(in bytes: ArraySlice<UInt8>) -> Int {
    var iterator = bytes.makeIterator()
    var decoder = UTF8()
    var index = bytes.startIndex
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): index += UTF8.width(scalar)
      case .emptyInput, .error: return min(index, max(bytes.endIndex - 1, bytes.startIndex))
      }
    }
  }

  private static func position(of index: Int, in bytes: ArraySlice<UInt8>) -> Position {
    let before = bytes[..<index]
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.startIndex
    // Bytes that begin a scalar: continuation bytes are no column of their own.
    let column = bytes[lineStart..<index].count { $0 & 0xC0 != 0x80 }
    return Position(line: before.count { $0 == UInt8(ascii: "\n") } + 1, column: column + 1)
  }
}
