/// What the kernel's files say of the whole machine.
enum MachineTexts {
  /// A counter of `/proc/net/netstat`, where a line of names stands before one of numbers.
  static func netstat(_ name: String, _ text: String) -> UInt64? {
    let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
    for (names, numbers) in zip(lines, lines.dropFirst()) where names.first == numbers.first {
      guard let index = names.firstIndex(of: Substring(name)), index < numbers.count else { continue }
      return UInt64(numbers[index])
    }
    return nil
  }

  /// Percent of the last ten seconds in which something waited, from `some avg10=1.50 avg60=…` (PSI).
  static func pressure(_ text: String) -> Double? {
    for line in text.split(separator: "\n") where line.hasPrefix("some ") {
      for word in line.split(separator: " ") where word.hasPrefix("avg10=") { return Double(word.dropFirst(6)) }
    }
    return nil
  }

  /// Bytes, from a line of `/proc/meminfo` as in `MemAvailable:  123456 kB`.
  static func memory(_ label: String, _ text: String) -> UInt64? {
    ProcessTexts.number(label, inStatus: text).map { $0 << 10 }
  }

  /// Numbers of a file that are separated by spaces or tabs, as in `/proc/sys/fs/file-nr`.
  static func numbers(_ text: String) -> [Int] { text.split(whereSeparator: \.isWhitespace).compactMap { Int($0) } }

  /// Load of one minute.
  static func load(_ text: String) -> Double? { text.split(separator: " ").first.flatMap { Double($0) } }
}
