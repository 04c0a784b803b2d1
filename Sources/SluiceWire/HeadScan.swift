/// What `HeadScanner` found.
public enum HeadScan: Hashable, Sendable {
  /// All bytes belong to a head that has not ended.
  case incomplete
  /// The head is `start..<end`: from the first byte of the start line to behind the empty line.
  case complete(start: Int, end: Int)
  case failed(WireFault)
}
