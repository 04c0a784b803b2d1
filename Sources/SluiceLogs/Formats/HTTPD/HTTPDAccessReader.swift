enum HTTPDAccessReader {
  static func isTail(_ line: RawSpan, from start: Int) -> Bool { false }
}
