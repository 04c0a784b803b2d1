internal import SluiceCore
internal import SluiceIncidents

/// A socket that listens, of either kind.
struct ListeningSocket: Equatable {
  var entry: SocketEntry?
  var unix: UnixDiagnostics.Entry?

  init(_ entry: SocketEntry) { self.entry = entry }

  init?(_ unix: UnixDiagnostics.Entry) {
    guard unix.path != nil else { return nil }
    self.unix = unix
  }

  var inode: UInt64 { entry?.inode ?? unix?.inode ?? 0 }
  var address: EndpointAddress? { entry?.local }
  var path: String? { unix?.path }

  /// - Parameter owners: processes by the inode that they hold, the parent of the others first.
  func seen(owners: [UInt64: [Int32]]) -> ListeningSocketSeen {
    var seen = ListeningSocketSeen(address: path.map { "unix:\($0)" } ?? address.map { "\($0)" } ?? "")
    let holders = owners[inode] ?? []
    seen.process = holders.first
    seen.sharedBy = Array(holders.dropFirst())
    seen.queued = entry?.receiveQueue ?? unix?.queued ?? 0
    seen.queueMax = entry?.sendQueue ?? unix?.queueMax
    seen.user = entry.map { ProcessTable.user($0.user) }
    return seen
  }
}
