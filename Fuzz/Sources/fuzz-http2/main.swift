internal import Glibc
internal import SluiceCore
internal import SluiceWire

// Frames at random into both sides of HTTP/2's machine. What must hold: each input ends, a cut changes nothing that is
// said, no bound is passed, and a connection that is over says nothing more.
//
//   fuzz-http2 [--seconds N]      runs for N seconds (default 60), from seed 0 on
//   fuzz-http2 --seed N           runs one seed
//
// Exit codes: 0 fine, 1 a promise was broken, 2 usage.

struct Random {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }

  mutating func below(_ count: Int) -> Int { Int(next() % UInt64(count)) }
}

func fail(_ text: String, seed: UInt64) -> Never {
  print("fuzz-http2: \(text); --seed \(seed) finds it again")
  exit(1)
}

/// Frames that are nearly right, most of them.
func input(_ random: inout Random, side: Side) -> [UInt8] {
  var bytes: [UInt8] = []
  if side == .downstream { HTTP2Connection.preface.withUTF8Buffer { bytes += Array($0) } }
  if random.below(20) > 0 { bytes += [0, 0, 0, 4, 0, 0, 0, 0, 0] }
  for _ in 0..<random.below(40) {
    let length = random.below(8) == 0 ? random.below(300) : random.below(24)
    bytes += [0, UInt8(length >> 8), UInt8(length & 255), UInt8(random.below(11)), UInt8(random.below(64))]
    bytes += [0, 0, 0, UInt8(random.below(12))]
    for _ in 0..<length {
      switch random.below(4) {
      case 0: bytes.append(UInt8(random.below(256)))
      case 1: bytes.append(UInt8(0x80 + random.below(62)))
      default: bytes.append([0x82, 0x84, 0x86, 0x88, 0x41, 0x00, 0x01, 0x61][random.below(8)])
      }
    }
  }
  for _ in 0..<random.below(3) where !bytes.isEmpty { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
  return bytes
}

/// Everything that the machine says of bytes that come in pieces, but for content, which a cut divides.
func run(_ bytes: [UInt8], cuts: [Int], side: Side, seed: UInt64) -> [String] {
  var machine = HTTP2Connection(side, limits: HTTP2Limits(streamsMax: 4, streamWindow: 1000, connectionWindow: 70_000))
  machine.start()
  if side == .upstream { for _ in 0..<3 { _ = machine.open() } }
  var said: [String] = []
  var held: [UInt8] = []
  var content = 0
  for (start, end) in zip([0] + cuts, cuts + [bytes.count]) {
    held += bytes[start..<end]
    let piece = held
    var offset = 0
    while true {
      let before = offset
      let event = machine.receive(piece.span.bytes, at: &offset, now: Instant(nanoseconds: 0))
      if event == .needMore { break }
      if offset == before, !machine.isOver { fail("\(event) took no bytes", seed: seed) }
      switch event {
      case .nothing: continue
      case .data(let id, let range, let ends):
        content += range.count
        if ends { said.append("end \(id)") }
        if machine.has(id) { machine.took(range.count, on: id) }
      case .head, .trailers:
        if machine.list.bytes.count > machine.limits.list.size { fail("a list beyond its limit", seed: seed) }
        var head = RequestHead()
        var block: [UInt8] = []
        try? head.read(machine.list, endsStream: false, into: &block)
        for field in head.fields where Int(field.line.upperBound) > block.count { fail("a range outside", seed: seed) }
        said.append("\(event)")
      default: said.append("\(event)")
      }
      if machine.streamCount > 4 { fail("more streams than allowed", seed: seed) }
      if case .failed = event { break }
    }
    held.removeFirst(min(offset, held.count))
    if machine.isOver { break }
  }
  // Of a frame that breaks a rule in its middle, what comes before that is taken where it came first.
  if !said.contains(where: { $0.contains("ailed") }) { said.append("content \(content)") }
  return said
}

var seconds = 60
var first: UInt64?
var arguments = CommandLine.arguments.dropFirst()
while let name = arguments.popFirst() {
  switch (name, arguments.popFirst().flatMap { UInt64($0) }) {
  case ("--seconds", let value?): seconds = Int(value)
  case ("--seed", let value?): first = value
  default:
    print("usage: fuzz-http2 [--seconds N] [--seed N]")
    exit(2)
  }
}

let clock = ContinuousClock()
let end = clock.now + .seconds(seconds)
var seed = first ?? 0
var count = 0
repeat {
  var random = Random(seed)
  let side: Side = random.below(2) == 0 ? .downstream : .upstream
  let bytes = input(&random, side: side)
  let whole = run(bytes, cuts: [], side: side, seed: seed)
  let cuts = bytes.isEmpty ? [] : (0..<4).map { _ in random.below(bytes.count) }.sorted()
  let parted = run(bytes, cuts: cuts, side: side, seed: seed)
  if parted != whole {
    print("whole:\n  \(whole.joined(separator: "\n  "))\ncut:\n  \(parted.joined(separator: "\n  "))")
    fail("cuts at \(cuts) change what is said", seed: seed)
  }
  count += 1
  seed &+= 1
} while first == nil && clock.now < end
print("fuzz-http2: \(count) inputs")
