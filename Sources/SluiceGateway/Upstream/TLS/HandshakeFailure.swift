internal import NIOCore
internal import SluiceCore
internal import SluiceIncidents

/// A connection to an endpoint on which TLS did not come about, or did not last.
struct HandshakeFailure {
  var cause: Cause
  var systemError: Int32 = 0
  var evidence: TLSEvidence
  /// What the endpoint showed, where it came that far.
  var chain: JudgedChain?
  /// What the endpoint had sent, where it was not TLS.
  var firstBytes: ByteBuffer?
  /// All bytes that it had sent.
  var firstCount = 0
}
