internal import GRDB

/// Why the store cannot be read.
public enum StoreError: Error, Equatable, Sendable {
  case missing(path: String)
  /// With the symbol of the errno, or what SQLite says.
  case notReadable(path: String, reason: String)
  case damaged(path: String, reason: String)
  /// A newer version of the gateway has written it.
  case newerSchema(path: String, found: Int, known: Int)
  /// It is a file of another program.
  case foreign(path: String)
  /// Another process holds it locked.
  case busy(path: String)
}

extension StoreError: CustomStringConvertible {
  /// What, where and what to do.
  public var description: String {
    switch self {
    case .missing(let path):
      "there is no store of incidents at \(path); has the gateway run with this configuration, and as this user?"
    case .notReadable(let path, let reason):
      "the store of incidents \(path) cannot be read (\(reason)); run this as the gateway's user"
    case .damaged(let path, let reason):
      "the store of incidents \(path) is damaged (\(reason)); move it away, and the gateway begins a new one"
    case .newerSchema(let path, let found, let known):
      "a newer version wrote the store of incidents \(path) (form \(found), this one knows up to \(known)); "
        + "use that version's command"
    case .foreign(let path): "\(path) is no store of incidents; name the file of `incidents: { store }`"
    case .busy(let path):
      "the store of incidents \(path) is locked by another process; find it with `fuser` and try again"
    }
  }

  /// Translates what opening or SQLite says.
  init(_ error: any Error, path: String) {
    if let error = error as? StoreError {
      self = error
      return
    }
    switch StoreFailure(error) {
    case .cannotOpen(let reason), .notWritable(let reason): self = .notReadable(path: path, reason: reason)
    case .busy, .logHeld: self = .busy(path: path)
    case .damaged(let reason): self = .damaged(path: path, reason: reason)
    case .newerSchema(let found, let known): self = .newerSchema(path: path, found: found, known: known)
    case .foreign: self = .foreign(path: path)
    case .full: self = .notReadable(path: path, reason: "the disk is full")
    case .inputOutput(let code): self = .notReadable(path: path, reason: "the disk gave an error, SQLite \(code)")
    case .noThread: self = .notReadable(path: path, reason: "no thread is left")
    case .other(let code, let message): self = .notReadable(path: path, reason: "\(message), SQLite \(code)")
    }
  }
}
