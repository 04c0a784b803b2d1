internal import SluiceIncidents

/// What the listening sockets and processes explain.
enum ProcessConclusions {
  static func conclusions(_ examination: Examination) -> [Conclusion] {
    let facts = MachineFacts(examination)
    guard let listeners = facts.listeners else { return [] }
    if let file = listeners.socketFile, let conclusion = SocketFileConclusions.conclusion(file, facts) {
      return [conclusion] + AbsenceConclusions.ended(facts)
    }
    if facts.here.isEmpty {
      return facts.connects == true ? [] : AbsenceConclusions.conclusions(facts)
    }
    return PresenceConclusions.conclusions(facts)
  }
}
