// Rows of events into `Exchange` and operations into `EndpointPool`, drawn from a seed and judged by the checker and the
// plain list that the simulation uses (`Model` is that folder).
//
//   fuzz-exchange [--seconds N] [--seed S]   runs for N seconds (default 10) from seed S (default 0)
//   fuzz-exchange --only S                   runs one seed and prints what happened
//
// Events that a driver could say run in every build. Any event at all runs in release builds, in which an impossible one
// ends its exchange instead of the process. Exit codes: 0 fine, 1 a promise was broken, 2 usage.

internal import Glibc
internal import SluiceCore

/// What the command line asks for.
struct Request {
  var seconds: Int64 = 10
  var seed: UInt64 = 0
  var isSingle = false

  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let name = rest.popFirst() {
      guard let value = rest.popFirst().flatMap({ UInt64($0) }) else { return nil }
      switch name {
      case "--seconds": seconds = Int64(clamping: value)
      case "--seed": seed = value
      case "--only":
        seed = value
        isSingle = true
      default: return nil
      }
    }
  }
}

/// Whether an impossible event ends the exchange, not the process.
func survivesImpossible() -> Bool {
  var isDebug = false
  assert({ isDebug = true }() == ())
  return !isDebug
}

/// What the three runs of one seed found.
func violations(seed: UInt64, tells: Bool) -> [String] {
  var found: [String] = []
  var possible = RandomExchange(seed: seed, keepsTrace: tells)
  possible.runPossible()
  found += possible.checker.violations.map { "possible events: \($0)" }
  if tells { print((["possible events:"] + possible.trace).joined(separator: "\n  ")) }
  if survivesImpossible() {
    var any = RandomExchange(seed: seed, keepsTrace: tells)
    any.runAny()
    found += any.checker.violations.map { "any events: \($0)" }
    if tells { print((["any events:"] + any.trace).joined(separator: "\n  ")) }
  }
  var pool = PoolModel(seed: seed)
  for _ in 0..<60 where pool.violations.isEmpty { pool.step() }
  found += pool.violations.map { "pool: \($0)" }
  return found
}

/// - Returns: the exit code.
func fuzz(_ request: Request) -> Int32 {
  let clock = ContinuousClock()
  let end = clock.now + .seconds(request.seconds)
  var seed = request.seed
  repeat {
    for _ in 0..<200 {
      let found = violations(seed: seed, tells: request.isSingle)
      if let first = found.first {
        print("seed \(seed): \(first)\nreplay: fuzz-exchange --only \(seed)")
        return 1
      }
      if request.isSingle { return 0 }
      seed += 1
    }
  } while clock.now < end
  let impossible = survivesImpossible() ? "" : "; impossible events need a release build"
  print("fuzz-exchange: \(seed - request.seed) seeds from \(request.seed), nothing found\(impossible)")
  return 0
}

guard let request = Request(Array(CommandLine.arguments.dropFirst())) else {
  print("usage: fuzz-exchange [--seconds N] [--seed S] | --only S")
  exit(2)
}
exit(fuzz(request))
