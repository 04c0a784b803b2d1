internal import SluiceIncidents

/// What the application's own log explains.
enum ApplicationLogConclusions {
  static func conclusions(_ examination: Examination) -> [Conclusion] { [] }
}
