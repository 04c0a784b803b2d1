internal import NIOCore
internal import NIOPosix

/// Binds one listening socket whose connections follow a site.
enum LabListener {
  static func bind(
    _ address: SocketAddress, group: any EventLoopGroup, site: LabSite, ledger: LabLedger
  ) async throws -> any Channel {
    let isTCP = address.protocol != .unix
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 4096)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: isTCP ? 1 : 0)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        guard let number = ledger.admit(channel) else { return channel.close() }
        return channel.eventLoop.makeCompletedFuture {
          if isTCP { try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1) }
          try channel.pipeline.syncOperations.addHandler(LabConnection(site: site, ledger: ledger, number: number))
        }
      }
    return try await bootstrap.bind(to: address).get()
  }
}
