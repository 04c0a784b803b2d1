internal import NIOCore
internal import NIOPosix
internal import NIOSSL

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
          let operations = channel.pipeline.syncOperations
          if let tls = site.tls { try operations.addHandler(NIOSSLServerHandler(context: tls)) }
          switch site.reading {
          case .http1(let script):
            let connection = LabConnection(greeting: site.greeting, script: script, ledger: ledger, number: number)
            try operations.addHandler(connection)
          case .http2(let script):
            try operations.addHandler(LabHTTP2Connection(script: script, ledger: ledger, number: number))
          }
        }
      }
    return try await bootstrap.bind(to: address).get()
  }
}
