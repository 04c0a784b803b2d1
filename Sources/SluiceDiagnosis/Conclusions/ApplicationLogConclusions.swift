internal import SluiceCore
internal import SluiceIncidents

/// What the application's own log explains.
///
/// Only what it says near the moment counts, or at its end where nobody takes connections any more. Where the endpoint
/// is not known to fail a line is one explanation among others.
enum ApplicationLogConclusions {
  static func conclusions(_ examination: Examination) -> [Conclusion] {
    guard let facts = ApplicationLogFacts(examination) else { return [] }
    let rules: [(ApplicationLogFacts) -> Conclusion?] = [
      memory, heap, refusedMemory, disk, descriptors, taken, dependency, lateDependency, workerTimeout, workers, loop,
      elsewhere, killed, crash, stopped, handler,
    ]
    return rules.compactMap { $0(facts) }
  }

  static func place(_ facts: ApplicationLogFacts) -> String { Shown.text(facts.target.endpoint) }

  static func words(_ note: ApplicationLogNote) -> String { Shown.text(note.text, limit: 90) }

  static func root(
    _ root: RootCause, _ facts: ApplicationLogFacts, _ notes: [ApplicationLogNote], sure: Sureness? = nil
  ) -> Explanation {
    .root(root, sure ?? facts.sure, facts.evidence(notes))
  }

  // MARK: Memory

  private static func memory(_ facts: ApplicationLogFacts) -> Conclusion? {
    let kills = facts.notes(.outOfMemoryKill)
    if let note = kills.first {
      return Conclusion(
        "The kernel killed the application at \(place(facts)) for want of memory, \(facts.when(note))",
        next: "Give it more memory or lower what it takes, then start it.",
        root(.outOfMemoryKilled, facts, kills), checks: [.resources])
    }
    // gunicorn guesses so whenever a worker is killed; behind a timeout of its own the kill was its own.
    let ended = facts.notes(.workerEnded)
    guard let note = ended.first, facts.notes(.workerTimeout).isEmpty, note.text.contains("SIGKILL") else { return nil }
    return Conclusion(
      "A worker of the application at \(place(facts)) was killed, perhaps for want of memory, \(facts.when(note))",
      next: "Look into the kernel's log whether it killed the worker.",
      root(.outOfMemoryKilled, facts, ended, sure: .possible), checks: [.resources])
  }

  private static func heap(_ facts: ApplicationLogFacts) -> Conclusion? {
    let notes = facts.notes(.outOfMemory)
    guard let note = notes.first else { return nil }
    let language = note.language.map { " (\($0))" } ?? ""
    return Conclusion(
      "The application at \(place(facts)) used up the memory of its runtime\(language), \(facts.when(note))",
      next: "Find what keeps the memory, or raise the limit of the runtime.", root(.heapExhausted, facts, notes),
      checks: [.applicationLog, .resources])
  }

  private static func refusedMemory(_ facts: ApplicationLogFacts) -> Conclusion? {
    let notes = facts.notes(.memoryRefused)
    guard let note = notes.first else { return nil }
    return Conclusion(
      "The system refused the application at \(place(facts)) memory or threads, \(facts.when(note))",
      next: "Look at the memory and the limits of the machine and the cgroup.", root(.memoryPressure, facts, notes),
      checks: [.resources])
  }

  // MARK: What else runs out

  private static func disk(_ facts: ApplicationLogFacts) -> Conclusion? {
    let notes = facts.notes(.diskFull)
    guard let note = notes.first else { return nil }
    return Conclusion(
      "A disk of the application at \(place(facts)) is full: \(words(note))", next: "Make room on it.",
      root(.diskFull, facts, notes), checks: [.resources])
  }

  private static func descriptors(_ facts: ApplicationLogFacts) -> Conclusion? {
    let notes = facts.notes(.descriptorsExhausted)
    guard let note = notes.first else { return nil }
    return Conclusion(
      "The application at \(place(facts)) has no descriptors left: \(words(note))",
      next: "Raise its limit of open files (LimitNOFILE), and look for what is not closed.",
      root(.descriptorsExhausted, facts, notes), checks: [.resources])
  }

  private static func workers(_ facts: ApplicationLogFacts) -> Conclusion? {
    let notes = facts.notes(.workersExhausted)
    guard let note = notes.first else { return nil }
    return Conclusion(
      "All workers of the application at \(place(facts)) are busy: \(words(note))",
      next: "Find what holds them, or give it more workers.", root(.workersExhausted, facts, notes),
      checks: [.applicationLog])
  }

  private static func workerTimeout(_ facts: ApplicationLogFacts) -> Conclusion? {
    let notes = facts.notes(.workerTimeout)
    guard let note = notes.first else { return nil }
    return Conclusion(
      "The application at \(place(facts)) ended its own worker for being too slow, \(facts.when(note))",
      next: "Find what the worker waited for, or raise the limit of the application's supervisor.",
      root(.workerTimeout, facts, notes + facts.notes(.workerEnded)), checks: [.timeoutLadder, .applicationLog])
  }
}
