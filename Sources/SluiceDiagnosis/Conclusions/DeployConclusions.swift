internal import SluiceIncidents

/// What deploys and other changes explain.
enum DeployConclusions {
  static func conclusions(_ examination: Examination) -> [Conclusion] { [] }
}
