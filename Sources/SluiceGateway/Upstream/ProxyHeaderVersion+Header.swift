internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore

extension ProxyHeaderVersion {
  /// - Parameter client: whom the connection is for; nil: the gateway itself, as in a check.
  func header(client: ClientFacts?) -> ByteBuffer {
    let writer = ProxyHeaderWriter(isBinary: self == .v2)
    return ByteBuffer(bytes: writer.bytes(client: client?.address, destination: client?.destination ?? .none))
  }
}
