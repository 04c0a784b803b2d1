internal import SluiceCore
internal import SluiceIncidents

/// The connections of processes: which they took at a port, and which they have to others.
struct ProcessConnections {
  /// Addresses that are told of one process.
  static let addressesMax = 8

  /// nil for a Unix socket.
  private let port: UInt16?
  private let byInode: [UInt64: SocketEntry]
  private let listeningPorts: Set<UInt16>
  let missing: [String]

  init(port: UInt16?) {
    self.port = port
    var missing: [String] = []
    switch MachineSockets.connections() {
    case .success(let all):
      byInode = Dictionary(all.filter { $0.inode != 0 }.map { ($0.inode, $0) }) { first, _ in first }
    case .failure(let fault):
      byInode = [:]
      missing.append("Connections could not be read: \(fault.words).")
    }
    listeningPorts = Set(((try? MachineSockets.listening().get()) ?? []).map(\.local.port))
    self.missing = missing
  }

  /// Sets the counts of descriptors and connections.
  func fill(_ seen: inout ProcessSeen) {
    guard case .success(let held) = ProcessTable.sockets(of: seen.process) else { return }
    seen.descriptors = held.descriptors
    let entries = Set(held.sockets.values).compactMap { byInode[$0] }
    if let port {
      let accepted = entries.filter { $0.local.port == port && $0.state != SocketEntry.State.synSent }
      seen.acceptedCount = accepted.count
      seen.unreadCount = accepted.count { $0.receiveQueue > 0 }
    }
    seen.outgoing = outgoing(entries, held.sockets, of: seen.process)
  }

  private func outgoing(
    _ entries: [SocketEntry], _ descriptors: [Int32: UInt64], of process: Int32
  ) -> [OutgoingConnections] {
    var found: [EndpointAddress: OutgoingConnections] = [:]
    for entry in entries where isOutgoing(entry) {
      let address = entry.remote.unmapped
      found[address, default: OutgoingConnections(address: "\(address)", count: 0)].count += 1
      if entry.state == SocketEntry.State.synSent { found[address]?.unacknowledged += 1 }
    }
    guard !found.isEmpty else { return [] }
    for waited in WaitingThreads.descriptors(of: process) {
      let entries = waited.compactMap { descriptors[$0] }.compactMap { byInode[$0] }.filter(isOutgoing)
      if let entry = entries.first { found[entry.remote.unmapped]?.waitingThreads += 1 }
    }
    let order = found.values.sorted {
      ($1.waitingThreads, $1.count, $0.address) < ($0.waitingThreads, $0.count, $1.address)
    }
    return Array(order.prefix(Self.addressesMax))
  }

  /// One whose own port nobody listens on was not accepted.
  private func isOutgoing(_ entry: SocketEntry) -> Bool { !listeningPorts.contains(entry.local.port) }
}
