/// What the files of `/proc/PID` say, beside `stat`.
enum ProcessTexts {
  /// The number behind a label of `status`, as in `VmRSS:    1234 kB`: the first one of the line.
  static func number(_ label: String, inStatus text: String) -> UInt64? {
    for line in text.split(separator: "\n") where line.hasPrefix(label + ":") {
      return line.dropFirst(label.count + 1).split { $0 == " " || $0 == "\t" }.first.flatMap { UInt64($0) }
    }
    return nil
  }

  /// Nanoseconds for which a main thread has waited for a processor: the second number of `schedstat`.
  static func waitedForProcessor(_ schedstat: String) -> UInt64? {
    let words = schedstat.split { $0 == " " || $0 == "\n" }
    return words.count >= 2 ? UInt64(words[1]) : nil
  }

  /// The soft limit of `Max open files` in `limits`; nil: unlimited, or not there.
  static func openFilesMax(_ limits: String) -> Int? {
    for line in limits.split(separator: "\n") where line.hasPrefix("Max open files") {
      return line.dropFirst("Max open files".count).split(separator: " ").first.flatMap { Int($0) }
    }
    return nil
  }

  /// The inode of a link as in `socket:[4711]`.
  static func socketInode(_ link: String) -> UInt64? {
    guard link.hasPrefix("socket:["), link.hasSuffix("]") else { return nil }
    return UInt64(link.dropFirst(8).dropLast())
  }

  /// The number and the arguments of the call that a thread waits in, as in `0 0x3 0x7f…` of `syscall`; nil while it
  /// runs.
  static func call(_ text: String) -> (number: Int, arguments: [UInt64])? {
    let words = text.split { $0 == " " || $0 == "\n" }
    guard words.count >= 7, let number = Int(words[0]) else { return nil }
    let arguments = words[1...6].compactMap { $0.hasPrefix("0x") ? UInt64($0.dropFirst(2), radix: 16) : nil }
    return arguments.count == 6 ? (number, arguments) : nil
  }
}
