/// What happened: past tense, trivial values. Bytes stay in the driver; the machine sees counts.
public enum ExchangeEvent: Sendable, Equatable {
  // The client's side.
  /// The head was parsed and is acceptable.
  case requestArrived(RequestFacts)
  /// The request cannot be accepted: malformed, too large, or too slow before its head was complete.
  case requestRefused(Cause)
  /// The client left in the middle of its head.
  case headAbandoned
  /// Body bytes are in the driver's hands.
  case requestBodyArrived(count: Int)
  /// Bytes of the body could not be kept for a replay.
  case replayBodyLost
  /// The last byte of the request has arrived.
  case requestEnded
  /// The body is malformed.
  case requestBodyRefused(Cause)
  /// FIN, RST or error from the client before its response was complete.
  case clientGone
  /// More response bytes wait to be taken than our bound; later fewer again.
  case clientFull, clientReady

  // The decisions that the driver looks up.
  case routed(ExchangePolicy)
  /// The route itself answers: redirect or fixed response.
  case routedToAnswer
  case routingFailed(Cause)
  case admitted
  /// All permits are taken, by this limit.
  case admissionQueued(AdmissionLimit)
  case admissionRefused(Cause)
  case picked
  /// There is no endpoint but those that have failed; one of them is asked again after this time.
  case pickedAgain(after: TimeSpan)
  case pickFailed(Cause)
  case replayGranted, replayRefused

  // The upstream's side.
  case leaseQueued
  case connecting
  case leased(LeaseFacts)
  /// No connection: refused, timed out, not resolved, no permit.
  case leaseFailed(Cause)
  /// More request bytes wait to be taken than our bound; later fewer again.
  case upstreamFull, upstreamReady
  /// 1xx but 101.
  case informationalArrived
  /// 101.
  case upgradeArrived
  case responseArrived(ResponseFacts)
  case responseBodyArrived(count: Int)
  /// The last byte of the response has arrived.
  case responseEnded
  /// The head or body cannot be accepted.
  case responseRefused(Cause)
  /// The upstream's side ended; `bytes` received for this attempt before.
  case upstreamEnded(UpstreamEnd, bytes: UInt64)

  // A tunnel.
  case tunnelBytesArrived(from: Side)
  case tunnelHalfEnded(Side)

  // Time.
  /// The deadline that the machine asked for has come. Whether bytes were taken since the last one is a fact of the
  /// sockets.
  case deadlineCame(clientTookBytes: Bool, upstreamTookBytes: Bool)
  /// An impossible thing was seen outside the machine.
  case bugFound
}
