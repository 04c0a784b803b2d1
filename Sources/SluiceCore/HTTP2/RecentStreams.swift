/// Streams that we have reset lately: what the peer had sent before it knew is ignored (RFC 9113 section 5.1).
struct RecentStreams: Sendable {
  static let countMax = 128

  private var ids: [UInt32] = []
  private var next = 0

  mutating func insert(_ id: UInt32) {
    if ids.count < Self.countMax {
      ids.append(id)
    } else {
      ids[next] = id
      next = (next + 1) % Self.countMax
    }
  }

  func contains(_ id: UInt32) -> Bool { ids.contains(id) }
}
