internal import SluiceIncidents

/// What the machine, the cgroup and the kernel explain.
enum ResourceConclusions {
  static func conclusions(_ examination: Examination) -> [Conclusion] { [] }
}
