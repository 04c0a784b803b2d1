/// The elements of a comma-separated value (RFC 9110 5.6.1), without the whitespace around them; empty ones included.
struct ListElements {
  private var position: Int
  private let end: Int
  private var isDone = false

  init(_ value: ByteRange) {
    position = Int(value.lowerBound)
    end = Int(value.upperBound)
  }

  mutating func next(_ bytes: RawSpan) -> ByteRange? {
    if isDone { return nil }
    let comma = bytes.firstIndex(of: ASCII.comma, from: position, to: end)
    let element = bytes.trimmed(position, comma)
    isDone = comma >= end
    position = comma &+ 1
    return element
  }
}
