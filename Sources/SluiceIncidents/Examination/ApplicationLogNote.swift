/// Something that stands out in a log.
public struct ApplicationLogNote: Equatable, Sendable, Codable {
  public enum Kind: String, Equatable, Sendable, Codable, CaseIterable {
    case stackTrace
    /// An error that ends the program: a panic, a fatal error, an uncaught exception.
    case panic
    /// The heap that the language's runtime keeps, or may have, is used up.
    case outOfMemory
    /// The system gave no more memory, threads or processes.
    case memoryRefused
    /// A supervisor says that the kernel killed the program for want of memory.
    case outOfMemoryKill
    /// By SIGKILL, from whomever.
    case killed
    case listening
    /// The address is taken, or may not be used.
    case cannotListen
    case started
    case stopping
    /// A supervisor of the application ends one of its workers because it took too long.
    case workerTimeout
    case workerEnded
    /// All workers or threads are busy.
    case workersExhausted
    /// Something that the application asks in its turn failed.
    case dependency
    /// Something that the application asks in its turn was late.
    case dependencyLate
    case descriptorsExhausted
    case diskFull
    case error
  }

  public var kind: Kind
  /// Unix time in milliseconds, of the line or the nearest one before it.
  public var time: Int64?
  /// Lines that the log has behind the last of it; nil: not known, since the log was not read to its end.
  public var linesAfter: Int?
  /// The line that tells, or the innermost cause of a stack trace.
  public var text: String
  /// How often it occurs in what was read.
  public var count: Int = 1
  /// Whether it tells that the program ended.
  public var isEnd: Bool = false
  /// As in `node`, `python`, `java`, `go`, `ruby`, `php`, `dotnet`, `rust`, `swift`.
  public var language: String?
  /// That a "listening on" line names.
  public var port: UInt16?
  public var process: Int32?

  public init(kind: Kind, text: String) {
    self.kind = kind
    self.text = text
  }
}
