internal import Glibc
internal import SluiceCore

/// The folder of the sockets through which gateways of one user can be taken over, one for each.
///
/// Their names say nothing (the process and a random number): which gateway is meant is decided by what it listens on
/// (`TakeoverChoice`), and two gateways never meet under one name, also where containers number their processes alike.
public struct TakeoverFolder: Sendable {
  public let path: String

  /// Sockets that are looked at.
  static let gatewaysMax = 64

  /// - Parameter path: made with mode 0700 where it is missing.
  public init(path: String) { self.path = path }

  /// Checks that the folder is ours alone and opens it.
  ///
  /// Sockets in it are reached through the descriptor (`/proc/self/fd/N/…`), so that a long path does not matter, and
  /// a folder that is put in its place later is not followed.
  ///
  /// - Throws: `TakeoverError`.
  func open() throws(TakeoverError) -> FolderDescriptor {
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw .folder(path, "cannot be made", errno) }
    let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw .folder(path, "cannot be opened", errno) }
    let folder = FolderDescriptor(descriptor)
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .folder(path, "cannot be looked at", errno) }
    guard status.st_uid == geteuid() else { throw .folder(path, "belongs to another user", 0) }
    guard status.st_mode & 0o077 == 0 else { throw .folder(path, "is open to other users (chmod 700 it)", 0) }
    return folder
  }
}

/// An open folder and the sockets in it.
final class FolderDescriptor: Sendable {
  let number: Int32

  init(_ number: Int32) { self.number = number }

  deinit { close(number) }

  func path(of name: String) -> String { "/proc/self/fd/\(number)/\(name)" }

  func remove(_ name: String) { unlinkat(number, name, 0) }

  /// Names that end in `.sock`, in no order.
  func sockets(atMost limit: Int) -> [String] {
    let copy = Glibc.open(path(of: "."), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard copy >= 0 else { return [] }
    guard let stream = fdopendir(copy) else {
      close(copy)
      return []
    }
    defer { closedir(stream) }
    var names: [String] = []
    while names.count < limit, let entry = readdir(stream) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if name.hasSuffix(".sock") { names.append(name) }
    }
    return names
  }
}
