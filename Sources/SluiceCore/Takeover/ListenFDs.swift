/// Descriptors that systemd passes on (`sd_listen_fds(3)`): how many, from 3 on, and their names.
public enum ListenFDs: Hashable, Sendable {
  /// Nothing was passed on, or it was meant for another process.
  case none
  case descriptors(first: Int32, names: [String])
  /// The variables contradict themselves.
  case malformed(String)

  /// The first descriptor that is passed on.
  public static let first: Int32 = 3
  /// Descriptors that are taken.
  public static let countMax = 1024

  /// - Parameter process: our process identifier.
  public init(environment: [String: String], process: Int32) {
    guard let count = environment["LISTEN_FDS"], let target = environment["LISTEN_PID"] else {
      self = .none
      return
    }
    guard let number = Int32(target) else {
      self = .malformed("LISTEN_PID is not a number")
      return
    }
    guard number == process else {
      self = .none
      return
    }
    guard let wanted = Int(count), wanted >= 0, wanted <= Self.countMax else {
      self = .malformed("LISTEN_FDS is not a number from 0 to \(Self.countMax)")
      return
    }
    guard wanted > 0 else {
      self = .none
      return
    }
    var names = environment["LISTEN_FDNAMES"]?.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    if names?.count != wanted { names = Array(repeating: "", count: wanted) }
    self = .descriptors(first: Self.first, names: names ?? [])
  }
}
