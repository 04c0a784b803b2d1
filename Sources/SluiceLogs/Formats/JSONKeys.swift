/// The paths of keys that a format wants, found by a hash that grows with the path.
///
/// A dot in a key's own name is the same as one between keys: loggers write `"http.method"` and `"http":{"method"}` for
/// the same. Two paths with one hash of 64 bits would be taken for each other; a line that does that deceives only
/// itself.
struct JSONKeys: Sendable {
  private var hashes: [UInt64]
  private var fields: [LogField]
  private let mask: Int
  /// Hashes of the paths to objects that hold a wanted key: others are skipped whole.
  private let objects: Set<UInt64>

  static let root: UInt64 = 0xCBF2_9CE4_8422_2325

  init(_ keys: [String: LogField]) {
    var capacity = 16
    while capacity < keys.count * 3 { capacity *= 2 }
    mask = capacity - 1
    hashes = Array(repeating: 0, count: capacity)
    fields = Array(repeating: .extra, count: capacity)
    var objects: Set<UInt64> = []
    for (path, field) in keys {
      var hash = Self.root
      for byte in path.utf8 {
        if byte == Self.dot { objects.insert(hash) }
        hash = Self.step(hash, byte)
      }
      var place = Int(truncatingIfNeeded: hash) & mask
      while hashes[place] != 0 { place = (place + 1) & mask }
      hashes[place] = hash
      fields[place] = field
    }
    self.objects = objects
  }

  @inline(__always)
  static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }

  /// The hash of a key in the object at `path`.
  @inline(__always)
  static func path(_ path: UInt64, _ line: RawSpan, _ from: Int, _ to: Int) -> UInt64 {
    var hash = path == root ? root : step(path, dot)
    var position = from
    while position < to {
      hash = step(hash, line.byte(at: position))
      position &+= 1
    }
    return hash
  }

  @inline(__always)
  func field(_ hash: UInt64) -> LogField? {
    var place = Int(truncatingIfNeeded: hash) & mask
    while hashes[place] != 0 {
      if hashes[place] == hash { return fields[place] }
      place = (place &+ 1) & mask
    }
    return nil
  }

  func isObjectWanted(_ hash: UInt64) -> Bool { objects.contains(hash) }

  private static let dot: UInt8 = 0x2E
}
