/// Why a lab could not be started.
public enum LabError: Error, Sendable, CustomStringConvertible {
  /// A system call failed, with its `errno`.
  case systemCall(String, errno: Int32)
  /// An accept queue could not be filled: the kernel keeps another count than ours.
  case queueNotFull
  /// Another user's folder, or no folder.
  case foreignFolder(String)
  /// Addresses that nothing can listen on.
  case badPlan(String)
  /// A certificate was asked for a name that is no address.
  case badAddress(String)

  public var description: String {
    switch self {
    case .systemCall(let name, let number): "\(name) failed with errno \(number)"
    case .queueNotFull: "the accept queue did not fill"
    case .foreignFolder(let path): "\(path) is no folder of this user; name another one for the sockets"
    case .badPlan(let problem): problem
    case .badAddress(let text): "\(text) is no IP address"
    }
  }
}
