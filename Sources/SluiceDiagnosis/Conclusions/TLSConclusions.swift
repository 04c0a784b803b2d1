internal import SluiceIncidents

/// What the handshake and the certificates explain.
enum TLSConclusions {
  static func conclusions(_ examination: Examination) -> [Conclusion] { [] }
}
