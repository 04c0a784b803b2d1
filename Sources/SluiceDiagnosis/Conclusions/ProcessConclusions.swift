internal import SluiceIncidents

/// What the listening sockets and processes explain.
enum ProcessConclusions {
  static func conclusions(_ examination: Examination) -> [Conclusion] { [] }
}
