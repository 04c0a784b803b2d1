internal import SluiceCore

/// The hosts file, read again when it changed. Confined to the resolver's thread.
struct HostsCache {
  private let path: String?
  private var identity: FileIdentity?
  private var hosts = HostsFile.empty

  init(path: String?) { self.path = path }

  mutating func lookUp(key: String) -> [EndpointAddress]? {
    guard let path else { return nil }
    let current = FileIdentity(path: path)
    if current != identity {
      identity = current
      let text = current == nil ? nil : SystemFile.text(path: path, bytesMax: ResolverLimits.hostsBytesMax)
      hosts = text.map(HostsFile.init(text:)) ?? .empty
    }
    return hosts.lookUp(key: key)
  }
}

/// Whether the system's resolver file has changed, looked at no more often than `ResolverLimits.systemCheckInterval`.
struct SystemCheck {
  private let path: String
  private let isUsed: Bool
  private var identity: FileIdentity?
  private var next: Instant?

  init(path: String, isUsed: Bool) {
    self.path = path
    self.isUsed = isUsed
  }

  /// False at the first call, which only remembers the file: whoever asks reads it then.
  mutating func hasChanged(at instant: Instant) -> Bool {
    guard isUsed, next.map({ $0 <= instant }) ?? true else { return false }
    let isFirst = next == nil
    next = instant + ResolverLimits.systemCheckInterval
    let current = FileIdentity(path: path)
    defer { identity = current }
    return !isFirst && current != identity
  }
}
