/// Something that the kernel said about a process.
public struct KernelNote: Equatable, Sendable, Codable {
  public enum Kind: String, Equatable, Sendable, Codable, CaseIterable {
    case outOfMemoryKill
    /// A fault of the program: an invalid address, an invalid instruction.
    case fault
    /// SYN cookies or drops at a full queue.
    case queueOverflow
    case connectionTableFull
    case other
  }

  public var kind: Kind
  /// Unix time in milliseconds.
  public var time: Int64?
  public var process: Int32?
  public var name: String?
  public var cgroup: String?
  public var text: String

  public init(kind: Kind, text: String) {
    self.kind = kind
    self.text = text
  }
}
