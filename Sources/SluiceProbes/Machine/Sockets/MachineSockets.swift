internal import SluiceCore

/// The sockets of this network namespace: asked by netlink, else read from `/proc/net`.
enum MachineSockets {
  /// All that listen, of any port.
  static func listening() -> Result<[SocketEntry], SystemFault> {
    entries(states: [SocketEntry.State.listen], port: nil)
  }

  /// Connections that were accepted at a port and have not ended here.
  static func accepted(port: UInt16) -> Result<[SocketEntry], SystemFault> {
    entries(states: [SocketEntry.State.established, SocketEntry.State.closeWait], port: port)
  }

  /// Connections of all ports that are open or being set up.
  static func connections() -> Result<[SocketEntry], SystemFault> {
    entries(
      states: [SocketEntry.State.established, SocketEntry.State.synSent, SocketEntry.State.closeWait], port: nil)
  }

  static func unix() -> Result<[UnixDiagnostics.Entry], SystemFault> {
    switch NetlinkDump.ask(UnixDiagnostics.question) {
    case .success(let messages): .success(messages.compactMap(UnixDiagnostics.entry))
    case .failure: SystemFile.read("/proc/net/unix").map(UnixDiagnostics.entries(table:))
    }
  }

  /// Sockets whose other side has a port: each takes a port of this machine, also for a while after its end.
  static func outgoing(to port: UInt16) -> Result<[SocketEntry], SystemFault> {
    let states: [UInt8] = [1, 2, 4, 5, 6, 8, 9, 11]
    return entries(states: states, port: nil, remotePort: port)
  }

  static func entries(
    states: [UInt8], port: UInt16?, remotePort: UInt16? = nil
  ) -> Result<[SocketEntry], SystemFault> {
    let asked = [false, true].map { isV6 in
      NetlinkDump.ask(SocketDiagnostics.question(isV6: isV6, states: states, port: port, remotePort: remotePort))
    }
    if case .success(let first) = asked[0] {
      // A kernel without IPv6 refuses the second question and has nothing to tell.
      let second = (try? asked[1].get()) ?? []
      return .success((first + second).compactMap(SocketDiagnostics.entry))
    }
    return SystemFile.read("/proc/net/tcp").map { text in
      let all = SocketTable.entries(text) + SocketTable.entries(SystemFile.text("/proc/net/tcp6") ?? "")
      return all.filter { entry in
        states.contains(entry.state) && (port == nil || entry.local.port == port)
          && (remotePort == nil || entry.remote.port == remotePort)
      }
    }
  }
}
