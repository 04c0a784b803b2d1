/// What the store holds at most. Whichever is reached first, the oldest incidents go.
public struct StoreBounds: Equatable, Sendable {
  /// Below this many bytes there is no room for a batch and the log beside it: 16 MiB.
  public static let bytesMin = 16 << 20

  /// Incidents with their record. Default 100,000.
  public var count = 100_000
  /// Bytes of the file and the log beside it. Default 256 MiB; less than `bytesMin` counts as that.
  public var bytes = 256 << 20
  /// Since the beginning of the exchange. Default 30 days.
  public var age = Duration.seconds(30 * 86_400)

  public init() {}

  public init(count: Int, bytes: Int, age: Duration) {
    self.count = count
    self.bytes = bytes
    self.age = age
  }

  var countInForce: Int { max(count, 1) }

  /// Share of the bytes that the log (WAL) may take.
  var logBytes: Int { min(max(bytes, Self.bytesMin) / 4, 32 << 20) }

  /// What the pages in use may take.
  var pageBytes: Int { max(bytes, Self.bytesMin) - logBytes }

  /// A checkpoint is due at this many pages, well before the log is at its bound.
  var checkpointPages: Int { logBytes / 4 / StoreSchema.pageBytes }

  /// Unix time in milliseconds before which an incident is too old.
  func oldest(at now: Int64) -> Int64 { now - max(age.components.seconds, 1) * 1000 }
}
