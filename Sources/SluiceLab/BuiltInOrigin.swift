public import NIOCore

/// The healthy little origin that stands behind the gateway when nobody named another: the first minute needs nothing
/// else.
public final class BuiltInOrigin: Sendable {
  public let address: SocketAddress
  private let listener: any Channel
  private let ledger: LabLedger

  /// - Parameters:
  ///   - host: an IPv4 or IPv6 address.
  ///   - port: 0 for any free one.
  /// - Throws: what the bind failed with.
  public static func start(
    host: String = "127.0.0.1", port: Int = 0, group: any EventLoopGroup, limits: LabLimits = LabLimits()
  ) async throws -> BuiltInOrigin {
    let ledger = LabLedger(limits: limits)
    let site = LabSite { request in
      BuiltInPages.script(for: request) ?? FriendlyPaths.script(for: request)
        ?? Reply.text("Nothing here. GET / says what there is.\n", 404, for: request)
    }
    let wanted = try SocketAddress(ipAddress: host, port: port)
    let listener = try await LabListener.bind(wanted, group: group, site: site, ledger: ledger)
    return BuiltInOrigin(address: listener.localAddress ?? wanted, listener: listener, ledger: ledger)
  }

  private init(address: SocketAddress, listener: any Channel, ledger: LabLedger) {
    self.address = address
    self.listener = listener
    self.ledger = ledger
  }

  public var port: Int { address.port ?? 0 }

  /// What has been seen since the start.
  public var counts: LabCounts { ledger.counts }

  /// Closes the listener and every connection. Returns when all of them are closed.
  public func stop() async throws {
    listener.close(promise: nil)
    try? await listener.closeFuture.get()
    for channel in ledger.stop() {
      channel.close(promise: nil)
      try? await channel.closeFuture.get()
    }
  }
}
