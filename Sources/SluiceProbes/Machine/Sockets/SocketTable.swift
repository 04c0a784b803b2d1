internal import SluiceCore

/// `/proc/net/tcp` and `/proc/net/tcp6`, for where the kernel may not be asked by netlink.
enum SocketTable {
  /// Lines that are read.
  static let linesMax = 50_000

  /// - Parameter text: of either file; the length of an address tells which.
  static func entries(_ text: String) -> [SocketEntry] {
    text.split(separator: "\n").dropFirst().prefix(linesMax).compactMap(entry)
  }

  /// Fields as in `0: 0100007F:0BB8 00000000:0000 0A 00000000:00000002 00:00000000 00000000 1000 0 4711 1 …`.
  private static func entry(_ line: Substring) -> SocketEntry? {
    let fields = line.split(separator: " ", maxSplits: 10)
    guard fields.count > 9, let local = address(fields[1]), let remote = address(fields[2]),
      let state = UInt8(fields[3], radix: 16), let user = UInt32(fields[7]), let inode = UInt64(fields[9])
    else { return nil }
    let queues = fields[4].split(separator: ":")
    guard queues.count == 2, let sent = Int(queues[0], radix: 16), let received = Int(queues[1], radix: 16) else {
      return nil
    }
    // What stands there for a socket that listens is not its bound.
    let isListening = state == SocketEntry.State.listen
    return SocketEntry(
      local: local, remote: remote, state: state, receiveQueue: received, sendQueue: isListening ? nil : sent,
      user: user, inode: inode)
  }

  /// Words of 32 bits, each in the machine's own byte order, then a colon and the port.
  private static func address(_ text: Substring) -> EndpointAddress? {
    let parts = text.split(separator: ":")
    guard parts.count == 2, let port = UInt16(parts[1], radix: 16) else { return nil }
    var words: [UInt32] = []
    var rest = parts[0]
    while rest.count >= 8 {
      guard let word = UInt32(rest.prefix(8), radix: 16) else { return nil }
      words.append(UInt32(bigEndian: word))
      rest = rest.dropFirst(8)
    }
    switch words.count {
    case 1: return .v4(words[0], port: port)
    case 4:
      return .v6(
        high: UInt64(words[0]) << 32 | UInt64(words[1]), low: UInt64(words[2]) << 32 | UInt64(words[3]), port: port)
    default: return nil
    }
  }
}
