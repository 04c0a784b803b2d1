/// How often a time fell into each of `LatencyBuckets`; only those that it fell into are kept.
public struct LatencyHistogram: Equatable, Sendable, Codable {
  public struct Entry: Equatable, Sendable, Codable {
    public var bucket: Int
    public var count: Int
  }

  /// By bucket, the shortest times first.
  public private(set) var entries: [Entry] = []

  public init() {}

  public init(_ counter: TrafficCounter) {
    for bucket in counter.times.indices where counter.times[bucket] > 0 {
      entries.append(Entry(bucket: bucket, count: Int(counter.times[bucket])))
    }
  }

  public var count: Int { entries.reduce(0) { $0 + $1.count } }

  public mutating func add(_ other: LatencyHistogram) {
    var merged: [Entry] = []
    var (left, right) = (entries[...], other.entries[...])
    while let first = left.first ?? right.first {
      let bucket = min(first.bucket, right.first?.bucket ?? first.bucket)
      var entry = Entry(bucket: bucket, count: 0)
      if let own = left.first, own.bucket == bucket { entry.count += left.removeFirst().count }
      if let others = right.first, others.bucket == bucket { entry.count += right.removeFirst().count }
      merged.append(entry)
    }
    entries = merged
  }

  /// The time in the middle, in milliseconds; nil: there is none.
  public var median: Double? { quantile(0.5) }

  /// The time that a share of all is not above, in milliseconds, taken as evenly spread within its bucket; nil: there
  /// is none.
  ///
  /// - Parameter share: 0...1.
  public func quantile(_ share: Double) -> Double? {
    let wanted = Double(count) * min(max(share, 0), 1)
    var below = 0.0
    for entry in entries {
      let within = Double(entry.count)
      if below + within >= wanted {
        let (start, end) = (LatencyBuckets.lowerBound(entry.bucket), LatencyBuckets.lowerBound(entry.bucket + 1))
        return start + (end - start) * (wanted - below) / within
      }
      below += within
    }
    return nil
  }

  // MARK: In the store

  /// For each entry a byte for the bucket and the count in groups of seven bits, the lowest first.
  var encoded: [UInt8] {
    var bytes: [UInt8] = []
    for entry in entries {
      bytes.append(UInt8(clamping: entry.bucket))
      var rest = UInt32(clamping: entry.count)
      while rest >= 0x80 {
        bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }
    return bytes
  }

  /// nil where the bytes are none of ours.
  init?(encoded bytes: [UInt8]) {
    var index = 0
    while index < bytes.count {
      let bucket = Int(bytes[index])
      guard bucket < LatencyBuckets.count, bucket > entries.last?.bucket ?? -1 else { return nil }
      index += 1
      var (count, shift) = (0, 0)
      while true {
        guard index < bytes.count, shift < 35 else { return nil }
        let byte = bytes[index]
        count |= Int(byte & 0x7F) << shift
        index += 1
        shift += 7
        if byte < 0x80 { break }
      }
      entries.append(Entry(bucket: bucket, count: count))
    }
  }
}
