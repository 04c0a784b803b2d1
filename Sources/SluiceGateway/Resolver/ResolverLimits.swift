internal import SluiceCore

/// The resolver's bounds, each with its unit.
enum ResolverLimits {
  /// Names waiting or being asked for at once; another one is refused at once.
  static let lookupsMax = 1024
  /// Names being asked for at once, two questions each; the others wait in the queue.
  static let lookupsRunningMax = 64
  /// Timers waiting on the resolver's thread.
  static let timersMax = 1024
  /// Servers used, as in resolv.conf.
  static let serversMax = 3
  /// Search domains used.
  static let searchDomainsMax = 8
  /// Bytes read of a hosts file.
  static let hostsBytesMax = 4 << 20
  /// Names kept of a hosts file.
  static let hostsNamesMax = 65_536

  /// The bounds of a positive answer's TTL. Zero would make a name be asked without end.
  static let ttl = TimeSpan.seconds(1)...TimeSpan.seconds(3600)
  /// The bounds of a negative answer's TTL. A zone's MINIMUM is often an hour, far too long to go on failing for a name
  /// that has just been created.
  static let negativeTTL = TimeSpan.seconds(1)...TimeSpan.seconds(30)
  /// How long an answer of the hosts file holds; the file is looked at again then.
  static let hostsTTL = TimeSpan.seconds(5)
  /// How long the other family is waited for once one has given addresses.
  static let secondFamilyWait = TimeSpan.milliseconds(500)
  /// How often resolv.conf is looked at, at most.
  static let systemCheckInterval = TimeSpan.seconds(1)
}
