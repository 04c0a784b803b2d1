internal import Glibc
internal import NIOCore
public import SluiceConfiguration

/// A listener that could not be opened.
public struct ListenError: Error, CustomStringConvertible {
  public let address: ListenAddress
  let errno: Int32
  let underlying: String

  init(address: ListenAddress, _ error: any Error) {
    self.address = address
    errno = (error as? IOError)?.errnoCode ?? (error as? SystemError)?.errno ?? 0
    underlying = "\(error)"
  }

  /// Another socket listens there.
  public var isTaken: Bool { errno == EADDRINUSE }

  public var description: String { "cannot listen on \(address): \(reason)" }

  private var reason: String {
    switch errno {
    case EADDRINUSE: "another process listens there; stop it or choose another address"
    case EACCES:
      "no right to do so; ports below 1024 need root or CAP_NET_BIND_SERVICE, a Unix socket needs a writable folder"
    case EADDRNOTAVAIL: "this machine has no such address"
    case EMFILE, ENFILE: "no file descriptor is left; raise the limit (ulimit -n)"
    case ENOENT: "the folder of the socket does not exist"
    default: underlying
    }
  }
}
