public import SluiceIncidents

extension Incident {
  /// The attempt that the incident is about: the first that failed where the client was spared, else the last.
  var blamedAttempt: StoredAttempt? {
    let attempts = record.attempts ?? []
    return kind == .absorbed ? attempts.first { $0.cause != nil } : attempts.last
  }

  /// Its endpoint, as configured.
  public var blamedEndpoint: String? { blamedAttempt?.endpoint }
}
