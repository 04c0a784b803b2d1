internal import GRDB
internal import Glibc

/// The file, opened to be read: beside a writer, without one, and where nothing may be written.
///
/// # Why this way
/// A database with a log (WAL) is read with the help of an index file, which a reader makes where it is missing. Where
/// the folder is read-only it cannot; then either there is no log, and the file cannot change, which SQLite is told; or
/// a process has left its log behind, and both are copied to a folder where the index can be made.
final class StoreView: Sendable {
  /// How long a lock is waited for, in seconds. Readers do not wait for the writer; only for one who moves the file.
  private static let lockSeconds = 2.0

  let queue: DatabaseQueue
  let identity: StoreFile.Identity?
  /// A folder of ours with copies.
  private let copies: String?

  init(_ file: StoreFile) throws(StoreError) {
    identity = file.identity
    try Self.check(file)
    do {
      do {
        queue = try Self.open(file.path)
        copies = nil
      } catch let error as DatabaseError where Self.isFolderReadOnly(error) {
        guard file.bytes("-wal") > 0 else {
          queue = try Self.open(Self.unchanging(file.path))
          copies = nil
          return
        }
        let folder = try Self.copy(file)
        copies = folder
        queue = try Self.open(folder + "/copy")
      }
    } catch {
      throw StoreError(error, path: file.path)
    }
  }

  deinit {
    try? queue.close()
    guard let copies else { return }
    for suffix in StoreFile.suffixes { _ = unlink(copies + "/copy" + suffix) }
    _ = rmdir(copies)
  }

  /// The file is looked at and not opened: a process that closes any descriptor of a file loses its locks on it
  /// (POSIX), and the gateway's own writer may hold some. Another process would then take itself for the last one, and
  /// remove the log that the writer goes on writing to.
  private static func check(_ file: StoreFile) throws(StoreError) {
    var status = stat()
    guard stat(file.path, &status) == 0, faccessat(AT_FDCWD, file.path, R_OK, AT_EACCESS) == 0 else {
      let error = errno
      guard error != ENOENT, error != ENOTDIR else { throw .missing(path: file.path) }
      throw .notReadable(path: file.path, reason: systemErrorName(error).map { "\($0)" } ?? "errno \(error)")
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .notReadable(path: file.path, reason: "it is no regular file")
    }
  }

  private static func open(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = "incidents-reader"
    configuration.busyMode = .timeout(lockSeconds)
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    do {
      try queue.read { db in
        guard try db.tableExists("grdb_migrations") else { throw StoreFailure.foreign }
        let found = try StoreSchema.found(db)
        guard found <= StoreSchema.version else {
          throw StoreFailure.newerSchema(found: found, known: StoreSchema.version)
        }
        let id = try Int.fetchOne(db, sql: "PRAGMA application_id")
        guard found > 0, id == StoreSchema.applicationID else { throw StoreFailure.foreign }
      }
    } catch {
      try? queue.close()
      throw error
    }
    return queue
  }

  private static func isFolderReadOnly(_ error: DatabaseError) -> Bool {
    error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY
  }

  /// As a URI that says that nobody writes to the file.
  private static func unchanging(_ path: String) -> String {
    var uri = "file:"
    for byte in path.utf8 {
      switch byte {
      case 0x2F, 0x2D...0x2E, 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: uri.unicodeScalars.append(.init(byte))
      default: uri += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return uri + "?immutable=1"
  }

  /// Returns the folder of the copies.
  private static func copy(_ file: StoreFile) throws -> String {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((base + "/sluice-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { throw StoreFile.failure(errno) }
    let folder = StoreFile.text(template)
    for suffix in ["", "-wal"] { try copy(file.path + suffix, to: folder + "/copy" + suffix) }
    return folder
  }

  private static func copy(_ source: String, to target: String) throws {
    let from = Glibc.open(source, O_RDONLY | O_CLOEXEC)
    guard from >= 0 else { throw StoreFile.failure(errno) }
    defer { close(from) }
    let to = Glibc.open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard to >= 0 else { throw StoreFile.failure(errno) }
    defer { close(to) }
    while true {
      let count = sendfile(to, from, nil, 1 << 20)
      if count == 0 { return }
      if count < 0, errno != EINTR { throw StoreFile.failure(errno) }
    }
  }
}
