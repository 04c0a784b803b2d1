internal import NIOCore
internal import SluiceCore
internal import SluiceWire

// The two sides of an exchange as its driver sees them. An HTTP/1.1 connection is one, an HTTP/2 stream is one; the
// driver does not know which. Bytes flow in through `ExchangeDriver`'s event methods and out through these.

/// The client's side.
protocol DownstreamStream: AnyObject {
  /// Deliver body bytes from now on.
  func startBody()
  /// Deliver none for now: what arrives waits.
  func holdBody()
  func pauseReading()
  func resumeReading()
  /// Drops what has arrived of the body. True where the whole request had arrived.
  func discardHeldBody() -> Bool

  func sendInformational(_ head: ResponseHead, in source: ByteBuffer)
  /// The final head of the upstream, as the machine chose, with field lines of our own. Edited in place: a copy of a
  /// head for each response is dear.
  func sendHead(
    _ head: inout ResponseHead, in source: ByteBuffer, as forwarded: Exchange.ForwardedHead, edits: CompiledEdits?,
    lines: [UInt8])
  /// The upstream has accepted the protocol of this name.
  func sendUpgrade(_ head: ResponseHead, in source: ByteBuffer, to name: [UInt8], lines: [UInt8])
  func sendBody(_ bytes: ByteBuffer)
  /// The end of the body; trailers are those of the upstream that may be passed on.
  func sendEnd(trailers: [Field], in source: ByteBuffer)
  /// A whole response of our own.
  func sendGenerated(_ bytes: ByteBuffer, keepsAlive: Bool)
  /// Bytes of a tunnel.
  func sendTunnelBytes(_ bytes: ByteBuffer)
  func halfClose()
  func flush()
  /// Whether more bytes wait to be taken than our bound.
  var isFull: Bool { get }
  /// Bytes that wait to be taken.
  var pendingBytes: Int { get }
  /// The present answer is to be the last.
  var isDraining: Bool { get }

  /// Bytes of the exchange on the client's connection.
  var bytesIn: UInt64 { get }
  var bytesOut: UInt64 { get }

  /// The exchange is over.
  func finish(reuse: Bool)
  func abort(reset: Bool)
  /// The deadlines of the exchange have changed.
  func deadlinesMoved(to deadline: Instant)
}

/// The upstream's side of one attempt.
protocol UpstreamStream: AnyObject {
  func sendRequestHead(_ plan: RequestPlan, of driver: ExchangeDriver)
  func sendBody(_ bytes: ByteBuffer)
  func sendEnd()
  func sendTunnelBytes(_ bytes: ByteBuffer)
  func halfClose()
  func flush()
  func pauseReading()
  func resumeReading()
  var isFull: Bool { get }
  var pendingBytes: Int { get }
  /// Bytes of this attempt on the wire.
  var bytesSent: UInt64 { get }
  var bytesReceived: UInt64 { get }

  /// How much of a body of declared length has arrived; nil for any other body.
  var bodyProgress: BodyProgress? { get }

  /// Back to the pool, at the end of a message.
  func release()
  func close()
}

/// Bytes of a response body, without framing.
struct BodyProgress {
  var declared: UInt64
  var received: UInt64
}
