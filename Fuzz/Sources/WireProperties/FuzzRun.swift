/// What a fuzzer is told on its command line, `[--seconds N] [--seed S] [FILE…]`, and how long it goes on.
public struct FuzzRun: Sendable {
  public private(set) var seconds = 10.0
  public private(set) var seed: UInt64 = 1
  /// Inputs that are run first.
  public private(set) var files: [String] = []

  /// - Parameter arguments: without the program's name.
  public init(_ arguments: some Sequence<String> = CommandLine.arguments.dropFirst()) {
    var arguments = Array(arguments)[...]
    while let argument = arguments.popFirst() {
      switch argument {
      case "--seconds": seconds = arguments.popFirst().flatMap(Double.init) ?? seconds
      case "--seed": seed = arguments.popFirst().flatMap { UInt64($0) } ?? seed
      default: files.append(argument)
      }
    }
  }

  /// Makes inputs of the seeds, until the time is over.
  ///
  /// - Parameter round: takes the mutator for some inputs; the clock is looked at between two rounds.
  public func run(_ seeds: [[UInt8]], _ round: (inout SeededMutator) async throws -> Void) async rethrows {
    var mutator = SeededMutator(seed: seed, seeds: seeds)
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: .milliseconds(Int(seconds * 1000)))
    while clock.now < end { try await round(&mutator) }
  }

  /// The last line of a run, and its end.
  public func tell(_ done: String) { print("\(done) from seed \(seed), \(files.count) files: nothing broken") }
}
