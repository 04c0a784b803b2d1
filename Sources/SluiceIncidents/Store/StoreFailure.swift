internal import GRDB
internal import SluiceCore

/// Why the store does not work. None of it reaches a request.
public enum StoreFailure: Error, Equatable, Sendable {
  /// The file or its folder cannot be made or opened; the symbol of the errno.
  case cannotOpen(String)
  /// The file or its folder is read-only for this user; the symbol of the errno.
  case notWritable(String)
  /// The disk, or the user's share of it, is full.
  case full
  /// The disk gave an error; SQLite's extended result code.
  case inputOutput(code: Int32)
  /// Another process held the lock for longer than a second.
  case busy
  /// A reader holds an old state, so that the log cannot be emptied and has come to its bound.
  case logHeld
  /// The file is damaged or no database, and could not be moved aside.
  case damaged(String)
  /// A newer version of the gateway has written the file.
  case newerSchema(found: Int, known: Int)
  /// The file is another program's database.
  case foreign
  /// The operating system has no thread left.
  case noThread
  case other(code: Int32, message: String)

  /// Translates what SQLite says.
  init(_ error: any Error) {
    if error is RowDecodingError {
      self = .damaged("a value of the wrong type")
      return
    }
    guard let error = error as? DatabaseError else {
      self = (error as? StoreFailure) ?? .other(code: 0, message: "\(error)")
      return
    }
    let extended = error.extendedResultCode.rawValue
    switch error.resultCode {
    case .SQLITE_FULL: self = .full
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy
    case .SQLITE_READONLY, .SQLITE_PERM: self = .notWritable("EROFS")
    case .SQLITE_CANTOPEN: self = .cannotOpen("SQLITE_CANTOPEN")
    case .SQLITE_IOERR: self = .inputOutput(code: extended)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .damaged(error.message ?? "\(extended)")
    default: self = .other(code: extended, message: error.message ?? "")
    }
  }
}

extension StoreFailure: CustomStringConvertible {
  /// What it is and what to do, without the path.
  public var description: String {
    switch self {
    case .cannotOpen(let reason): "it cannot be opened (\(reason)); check that its folder exists and its path is right"
    case .notWritable(let reason):
      "it is read-only for this user (\(reason)); give the user the right to write to the file and its folder"
    case .full: "the disk is full; make room, or set a smaller `incidents: { size }`"
    case .inputOutput(let code): "the disk gave an error (SQLite \(code)); look for it in the kernel's log"
    case .busy: "another process holds its lock; find it with `fuser`"
    case .logHeld: "a reader has held an old state of it for too long; find it with `fuser`"
    case .damaged(let reason): "it is damaged (\(reason)) and cannot be moved aside; move it yourself"
    case .newerSchema(let found, let known):
      "a newer version wrote it (form \(found), this one knows up to \(known)); run that version or name another file"
    case .foreign: "it is another program's database; name another file"
    case .noThread: "the system has no thread left; raise the limit of processes"
    case .other(let code, let message): "\(message) (SQLite \(code))"
    }
  }
}
