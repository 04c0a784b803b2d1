internal import Glibc

/// Why a file could not be read, for the person who named it.
public struct LogReadProblem: Error, Equatable, Sendable {
  public var path: String
  /// What is wrong, and what to do: one sentence without the path.
  public var sentence: String
  /// Whether everything was read that could be, as of gzip that is still being written: worth saying, and no failure.
  public var isRemark = false

  public init(path: String, sentence: String, isRemark: Bool = false) {
    self.path = path
    self.sentence = sentence
    self.isRemark = isRemark
  }

  init(path: String, error: Int32) {
    let text = String(cString: strerror(error))
    self.path = path
    sentence =
      switch error {
      case ENOENT: "no such file or directory"
      case EACCES, EPERM: "may not be read by this user: run with sudo, or join the group that may (often adm)"
      case EMFILE, ENFILE: "too many files are open: raise the limit with ulimit -n, or name fewer logs"
      case EISDIR: "is a directory"
      case EIO: "the disk reports an error: \(text)"
      default: "cannot be read: \(text)"
      }
  }
}
