extension Rule {
  /// Clocks are read in one file; everybody else is given the time.
  static let clocks = Rule(
    why: "a decision that reads a clock cannot be replayed, simulated or fuzzed",
    instead: "take the time as an argument; only Clock.swift reads it",
    exempt: [
      "Sources/SluiceGateway/Workers/Clock.swift": "the timer file: the gateway's clock",
      "Sources/SluiceAdmin/Delivery/DeliveryClock.swift":
        "the clock of alerts and spans, which see nothing of the gateway",
      "Sources/SluiceProbes/Support/ProbeClock.swift":
        "the clock of the looks, which run beside the gateway or without one",
      "Sources/sluice/Support/WallClock.swift": "the command line's clock: ages of what is listed",
      "Sources/SluiceLab/Server/LabConnection.swift":
        "the lab is an origin of its own and shares nothing with the gateway",
    ],
    find: matches(
      #"\b(ContinuousClock|SuspendingClock|SystemClock|DispatchTime|DispatchWallTime|NIODeadline\.now|clock_gettime|"#
        + #"gettimeofday|mach_absolute_time|CFAbsoluteTimeGetCurrent|Date\.now|Date\(\)|time\(nil\))"#
    ) { "\($0) reads a clock" })

  /// The pure targets know neither chance nor dates.
  static let randomness = Rule(
    why: "time and random numbers are arguments of the core, so that every decision can be replayed",
    instead: "take a number or an instant as an argument",
    applies: isPure,
    find: matches(
      #"(\b(SystemRandomNumberGenerator|Date|UUID|arc4random\w*)\b|\brandom\(|\.randomElement\(|\.shuffled\(|\.shuffle\()"#
    ) { "\($0) in a pure target" })

  static let printing = Rule(
    why: "only the command line speaks to a person, and a worker never writes to a descriptor",
    instead: "return the text, or give it to the logger",
    applies: { $0.target != "sluice" },
    find: matches(#"(^|[^\w.])(print|debugPrint|dump|NSLog|putchar|puts)\("#) {
      "\($0.trimmed)…) outside of the command line"
    })

  static let unchecked = Rule(
    why: "the compiler's proof that nothing races is what lets workers go without locks",
    instead: "use a value, a Mutex or an Atomic; where it truly must be, list the file in this rule with its reason",
    find: matches(#"(@unchecked\s+Sendable|nonisolated\(unsafe\)|@preconcurrency)"#) {
      "\($0) takes the compiler's word away"
    })

  static let force = Rule(
    why: "what a peer, the kernel or a file can cause must never end the process",
    instead: "use guard, a cause, or a value that cannot be absent",
    find: matches(#"(\btry!|\bas!|[\w)\]}"?>]!(?![=\w("]))"#) { "\($0) traps where the value is absent" })

  static let uncheckedReads = Rule(
    why: "a byte of a peer is never read without a check of its bounds",
    instead: "read through a span",
    find: matches(
      #"(\bunsafelyUnwrapped\b|[uU]nchecked(ByteOffset|:|\s*\()|\bunchecked:|\bassumingMemoryBound\b)"#
    ) { "\($0) reads without a check" })

  @Sendable static func isPure(_ file: SourceFile) -> Bool { ["SluiceWire", "SluiceCore"].contains(file.target) }
}
