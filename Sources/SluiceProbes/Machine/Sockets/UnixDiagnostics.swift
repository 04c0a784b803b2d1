/// Unix sockets that listen, as the kernel's `unix_diag` tells them.
enum UnixDiagnostics {
  struct Entry: Equatable, Sendable {
    /// nil: it has no name.
    var path: String?
    var inode: UInt64
    /// Connections that wait to be accepted.
    var queued: Int?
    var queueMax: Int?
  }

  private static let family: UInt8 = 1
  private static let showNameAndQueue: UInt32 = 0x1 | 0x10
  private static let nameAttribute: UInt16 = 0
  private static let queueAttribute: UInt16 = 4
  private static let messageLength = 16

  static let question: [UInt8] = {
    var bytes = NetlinkBytes()
    bytes.append(family)
    bytes.append(zeros: 3)
    bytes.append(UInt32(1) << UInt32(SocketEntry.State.listen))
    bytes.append(UInt32(0))
    bytes.append(showNameAndQueue)
    bytes.append(UInt64.max)
    return bytes.bytes
  }()

  static func entry(_ message: ArraySlice<UInt8>) -> Entry? {
    guard message.count >= messageLength, let inode = message.number(UInt32.self, at: 4) else { return nil }
    let attributes = message.dropFirst(messageLength)
    var entry = Entry(inode: UInt64(inode))
    // A name that begins with a zero is abstract and no path.
    if let name = NetlinkAttributes.value(nameAttribute, in: attributes), let first = name.first, first != 0 {
      entry.path = String(decoding: name.prefix { $0 != 0 }, as: UTF8.self)
    }
    if let queue = NetlinkAttributes.value(queueAttribute, in: attributes) {
      entry.queued = queue.number(UInt32.self, at: 0).map(Int.init)
      entry.queueMax = queue.number(UInt32.self, at: 4).map(Int.init)
    }
    return entry
  }

  /// `/proc/net/unix`, which has no queues: `Num RefCount Protocol Flags Type St Inode Path`.
  static func entries(table: String) -> [Entry] {
    table.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: " ", maxSplits: 7, omittingEmptySubsequences: true)
      // __SO_ACCEPTCON: it listens.
      guard fields.count == 8, let flags = UInt32(fields[3], radix: 16), flags & 0x10000 != 0,
        let inode = UInt64(fields[6]), fields[7].hasPrefix("/")
      else { return nil }
      return Entry(path: String(fields[7]), inode: inode)
    }
  }
}
