/// Makes inputs from seeds by repeatable changes: the same seed gives the same inputs.
public struct SeededMutator {
  private var state: UInt64
  private let seeds: [[UInt8]]

  public init(seed: UInt64, seeds: [[UInt8]]) {
    state = seed
    self.seeds = seeds.isEmpty ? [[]] : seeds
  }

  /// Pieces that change the meaning of a message more often than single bytes do.
  private static let tokens: [String] = [
    "\r\n", "\n", "\r", "\r\n\r\n", ": ", ":", " ", "\t", "\0", ",", ";", "\"", "\\", "chunked", "gzip", "0\r\n\r\n",
    "5\r\n", "ffffffff\r\n",
    "Content-Length: 5\r\n", "Transfer-Encoding: chunked\r\n", "Host: h\r\n", "Connection: close\r\n",
    "Connection: keep-alive, x\r\n",
    "Content_Length: 5\r\n", "X: y\r\n z\r\n", "X : y\r\n", "HTTP/1.1", "HTTP/1.0", "GET / HTTP/1.1\r\n",
    "HTTP/1.1 200 OK\r\n",
    "http://h/", "*", "/../", "%2e%2e/", "%00", "%2F", "[::1]:80", "\u{7f}", "é", "Upgrade: websocket\r\n",
    "Expect: 100-continue\r\n",
    "Keep-Alive: timeout=5\r\n", "TE: trailers\r\n", "5;a=\"b\"\r\nhello\r\n", "HTTP/1.1 204 No Content\r\n",
  ]

  /// splitmix64
  private mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var value = state
    value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
    value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
    return value ^ (value >> 31)
  }

  private mutating func below(_ bound: Int) -> Int {
    bound <= 0 ? 0 : Int(next() % UInt64(bound))
  }

  /// The next input, at most 4 KiB long.
  public mutating func input() -> [UInt8] {
    var bytes = seeds[below(seeds.count)]
    for _ in 0...below(6) { change(&bytes) }
    return Array(bytes.prefix(4096))
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    let place = below(bytes.count + 1)
    switch below(7) {
    case 0 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: next())
    case 1 where place < bytes.count: bytes[place] ^= 1 << UInt8(below(8))
    case 2 where place < bytes.count: bytes.removeSubrange(place..<min(place + 1 + below(8), bytes.count))
    case 3:
      let other = seeds[below(seeds.count)]
      bytes = Array(bytes[..<place]) + other[below(other.count + 1)...]
    case 4 where place < bytes.count:
      bytes.insert(contentsOf: Array(bytes[place..<min(place + 1 + below(32), bytes.count)]), at: place)
    default: bytes.insert(contentsOf: Self.tokens[below(Self.tokens.count)].utf8, at: place)
    }
  }
}
