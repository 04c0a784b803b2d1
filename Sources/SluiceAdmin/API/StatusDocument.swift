/// `GET /api/v1/status`: the gateway as a whole. Times are Unix milliseconds.
public struct StatusDocument: Codable, Equatable, Sendable {
  /// When this was asked.
  public var time: Int64
  /// The installation's.
  public var name: String
  public var version: String
  public var startedAt: Int64
  public var uptimeMs: Int64
  /// It accepts nothing new and ends when what is under way has ended.
  public var isDraining: Bool
  /// The number of the configuration in force; 1 until the first reload.
  public var generation: UInt64
  /// The last reload; nil: there was none yet.
  public var reload: ReloadDocument?
  public var workers: Int
  public var listeners: [ListenerDocument]
  public var counts: CountsDocument
  public var process: ProcessDocument
  public var store: StoreDocument
  public var drops: DropsDocument

  private enum CodingKeys: String, CodingKey {
    case time, name, version, startedAt, uptimeMs, generation, reload, workers, listeners, counts, process, store, drops
    case isDraining = "draining"
  }

  public init(
    time: Int64, name: String, version: String, startedAt: Int64, isDraining: Bool, generation: UInt64,
    reload: ReloadDocument?, workers: Int, listeners: [ListenerDocument], counts: CountsDocument,
    process: ProcessDocument, store: StoreDocument, drops: DropsDocument
  ) {
    self.time = time
    self.name = name
    self.version = version
    self.startedAt = startedAt
    uptimeMs = max(time - startedAt, 0)
    self.isDraining = isDraining
    self.generation = generation
    self.reload = reload
    self.workers = workers
    self.listeners = listeners
    self.counts = counts
    self.process = process
    self.store = store
    self.drops = drops
  }
}
