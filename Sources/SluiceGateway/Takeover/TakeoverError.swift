internal import Glibc
public import SluiceCore

/// Why a takeover, or the readiness for one, failed.
public enum TakeoverError: Error, CustomStringConvertible {
  case folder(String, String, Int32)
  case system(String, Int32)
  /// The socket belongs to a process of another user.
  case otherUser
  /// Between `gateway` and us.
  case failed(TakeoverTaker.Failure, gateway: TakeoverIdentity)
  /// Several gateways hold addresses of the configuration.
  case several([TakeoverIdentity])

  public var description: String {
    switch self {
    case .folder(let path, let what, let number): "the folder \(path) \(what)\(Self.reason(number))"
    case .system(let call, let number): "\(call) failed\(Self.reason(number))"
    case .otherUser: "the process that answers belongs to another user"
    case .failed(let failure, let gateway):
      "the sockets of \(gateway.name) (process \(gateway.process)) were not taken over: \(failure.sentence)"
    case .several(let identities):
      "several gateways listen on addresses of this configuration: "
        + identities.map { "\($0.name) (process \($0.process))" }.joined(separator: ", ")
        + "; stop all but one of them"
    }
  }

  private static func reason(_ number: Int32) -> String {
    number == 0 ? "" : ": \(String(cString: strerror(number)))"
  }
}
