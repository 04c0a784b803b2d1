import Foundation
import TestSupport
import Testing

/// The first message of a TLS client, as openssl sends it.
enum ClientHello {
  static func recorded() async throws -> [UInt8] {
    // The origin never finds the end of a head, and keeps what it gets.
    let origin = try RecordingOrigin()
    defer { origin.stop() }
    let folder = try TestFolder()
    let client = try RunningProcess(
      ["openssl", "s_client", "-connect", "127.0.0.1:\(origin.port)", "-servername", "a.test"], in: folder)
    _ = await eventually { (origin.connections.first?.count ?? 0) > 5 && origin.connections[0].count >= length(origin) }
    await client.stop()
    let bytes = try #require(origin.connections.first)
    try #require(bytes.first == 0x16)
    return bytes
  }

  /// Of the record, as its header says.
  private static func length(_ origin: RecordingOrigin) -> Int {
    let bytes = origin.connections[0]
    return 5 + Int(bytes[3]) << 8 + Int(bytes[4])
  }
}
