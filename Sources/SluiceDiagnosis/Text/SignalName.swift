/// The names of signals, which are the same on all architectures that Linux runs on but for a few old ones.
enum SignalName {
  private static let names = [
    1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS", 8: "SIGFPE",
    9: "SIGKILL", 10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE", 14: "SIGALRM", 15: "SIGTERM",
    24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS",
  ]

  static func of(_ number: Int32) -> String { names[Int(number)] ?? "signal \(number)" }

  /// Signals that a program's own mistake brings upon it.
  static func isFault(_ number: Int32) -> Bool { [4, 5, 6, 7, 8, 11, 31].contains(number) }
}
