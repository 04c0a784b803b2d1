public import SluiceWire

/// One side of an HTTP/2 connection (RFC 9113): what a peer's frames mean, and what may be sent.
///
/// # Overview
/// `receive` takes a peer's bytes frame by frame and gives events for the owners of streams. What the connection has to
/// say of its own (SETTINGS, acknowledgements, WINDOW_UPDATE, RST_STREAM, GOAWAY) gathers in `output`, which the shell
/// writes in order with everything else. Content stays with the shell: `sendable` says how much of it may go out.
///
/// # Responsibilities
/// The life of streams, both directions of flow control, settings, which fault costs a stream and which the connection,
/// and how many frames a peer may send that move nothing.
///
/// # Why this way
/// A value without a clock or a socket, so that each rule is tested by its bytes and everything can be fuzzed. Both
/// roles share one machine because nearly all rules are the same in both.
///
/// # Not handled here
/// What a message's fields mean (`RequestHead`, `ResponseHead`), timeouts, and the order in which streams send.
public struct HTTP2Connection: Sendable {
  /// What a client says before anything else (RFC 9113 section 3.4).
  public static let preface: StaticString = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

  /// Whom the peer is: a client, or an endpoint.
  public let side: Side
  public let limits: HTTP2Limits
  /// The fields of the last head or trailer section.
  public internal(set) var list: HeaderList
  /// Frames that are to be written, in order.
  public var output: [UInt8] = []
  public internal(set) var peer = HTTP2Settings()
  public internal(set) var hasPeerSettings = false
  /// The peer takes no further streams.
  public internal(set) var hasPeerGoneAway = false
  /// Nothing more is read or written.
  public internal(set) var isOver = false
  /// The highest stream that the peer has begun.
  public internal(set) var lastPeerStreamID: UInt32 = 0

  var reader = FrameReader()
  var decoder = HPACKDecoder()
  var streams = HTTP2StreamTable<HTTP2Stream>()
  var guardian = FrameGuard()
  var ended = RecentStreams()
  /// Bytes that we may send and the peer may send, of all streams together.
  var sendWindow = 65_535
  var receiveWindow: Int
  var untold = 0
  var nextStreamID: UInt32 = 1
  /// Streams above it are not taken any longer.
  var lastAccepted = UInt32.max
  var block = HeaderBlock()
  /// Bytes of the preface that are still to come.
  var prefaceLeft: Int

  /// A header block under way.
  struct HeaderBlock: Sendable {
    var streamID: UInt32 = 0
    var endsStream = false
    var frames = 0
    var bytes: [UInt8] = []
  }

  public init(_ side: Side, limits: HTTP2Limits) {
    self.side = side
    self.limits = limits
    list = HeaderList(side == .downstream ? .request : .response, limits: limits.list)
    receiveWindow = limits.connectionWindow
    prefaceLeft = side == .downstream ? Self.preface.utf8CodeUnitCount : 0
  }

  /// Our first words.
  public mutating func start() {
    var settings: [(HTTP2Settings.Identifier, UInt32)] = [
      (.initialWindowSize, UInt32(clamping: limits.streamWindow)),
      // More than we take, so that a message that is too large is answered with its reason.
      (.maxHeaderListSize, UInt32(clamping: limits.blockMax)),
    ]
    switch side {
    case .downstream:
      settings.append((.maxConcurrentStreams, UInt32(clamping: limits.streamsMax)))
      settings.append((.enableConnectProtocol, 1))
    case .upstream:
      Self.preface.withUTF8Buffer { output.append(contentsOf: $0) }
      settings.append((.enablePush, 0))
    }
    FrameWriting.appendSettings(settings, to: &output)
    if limits.connectionWindow > 65_535 {
      FrameWriting.appendWindowUpdate(increment: limits.connectionWindow - 65_535, streamID: 0, to: &output)
    }
  }

  // MARK: Streams

  /// Streams that have begun and not ended on both sides.
  public var streamCount: Int { streams.count }
  public var streamIDs: [UInt32] { streams.ids }
  public func has(_ streamID: UInt32) -> Bool { streams[streamID] != nil }
  /// The peer has said its last of the stream, or the stream is gone.
  public func isEndedThere(_ streamID: UInt32) -> Bool { streams[streamID]?.isEndedThere ?? true }

  /// How many streams of ours the peer takes at a time.
  public var streamsAllowed: Int {
    min(limits.streamsMax, hasPeerSettings ? Int(clamping: peer.maxConcurrentStreams) : limits.streamsMax)
  }

  /// Whether another stream of ours may begin.
  public var mayOpen: Bool {
    !isOver && !hasPeerGoneAway && streams.count < streamsAllowed && nextStreamID < HTTP2Settings.windowSizeMax
  }

  /// Begins a stream of ours.
  public mutating func open() -> UInt32 {
    let id = nextStreamID
    nextStreamID += 2
    begin(id)
    return id
  }

  mutating func begin(_ id: UInt32) {
    streams.insert(
      HTTP2Stream(sendWindow: Int(peer.initialWindowSize), receiveWindow: limits.streamWindow), for: id)
  }

  /// How much content the message declares; more or less than that is a fault of the stream.
  public mutating func expect(_ length: UInt64, on streamID: UInt32) {
    _ = streams.with(streamID) { $0.contentLeft = length }
  }

  // MARK: Sending

  /// Bytes of a DATA frame that may go out now.
  public func sendable(_ streamID: UInt32) -> Int {
    guard let stream = streams[streamID], !stream.isEndedHere else { return 0 }
    return max(min(stream.sendWindow, sendWindow, Int(peer.maxFrameSize)), 0)
  }

  /// Whether it is the connection's window that holds content back.
  public var isHeldBack: Bool { sendWindow <= 0 }

  public mutating func sent(_ count: Int, on streamID: UInt32) {
    sendWindow -= count
    _ = streams.with(streamID) { $0.sendWindow -= count }
    guardian.sent(content: count, endsStream: false)
  }

  /// Our last frame of the stream was written.
  public mutating func endedHere(_ streamID: UInt32) {
    guardian.sent(content: 0, endsStream: true)
    let isOver = streams.with(streamID) { stream in
      stream.isEndedHere = true
      return stream.isEndedThere
    }
    if isOver == true { remove(streamID, wasReset: false) }
  }

  /// Ends a stream before its time. Without effect where it has ended.
  public mutating func reset(_ streamID: UInt32, _ code: HTTP2ErrorCode) {
    guard streams[streamID] != nil else { return }
    FrameWriting.appendReset(code, streamID: streamID, to: &output)
    remove(streamID, wasReset: true)
  }

  mutating func remove(_ streamID: UInt32, wasReset: Bool) {
    guard let stream = streams.remove(streamID) else { return }
    if wasReset { ended.insert(streamID) }
    // What it had not told the peer is the connection's debt.
    if !limits.opensConnectionAtOnce { openConnection(by: limits.streamWindow - stream.receiveWindow - stream.untold) }
  }

  public mutating func ping(_ data: UInt64) {
    FrameWriting.appendPing(data, isAcknowledgement: false, to: &output)
  }

  /// Tells the peer to begin no more streams.
  ///
  /// - Parameter isFinal: those that it has begun meanwhile are not taken either. Before that comes a warning, because
  ///   streams may be on their way (RFC 9113 section 6.8).
  public mutating func goAway(_ code: HTTP2ErrorCode = .noError, isFinal: Bool = true) {
    if isFinal { lastAccepted = lastPeerStreamID }
    FrameWriting.appendGoAway(
      lastStreamID: isFinal ? lastPeerStreamID : HTTP2Settings.windowSizeMax, code, to: &output)
  }

  // MARK: Content taken

  /// Content that came on a stream was passed on: the peer may send as much again.
  public mutating func took(_ count: Int, on streamID: UInt32) {
    // Of a stream that has ended the rest was settled with it.
    guard count > 0, !isOver, streams[streamID] != nil else { return }
    if !limits.opensConnectionAtOnce { openConnection(by: count) }
    let limit = limits.streamWindow
    let told = streams.with(streamID) { stream -> Int in
      stream.untold += count
      guard !stream.isEndedThere, stream.untold >= limit / 2 else { return 0 }
      defer { stream.untold = 0 }
      stream.receiveWindow += stream.untold
      return stream.untold
    }
    if let told, told > 0 { FrameWriting.appendWindowUpdate(increment: told, streamID: streamID, to: &output) }
  }

  mutating func openConnection(by count: Int) {
    untold += count
    guard untold >= limits.connectionWindow / 2 else { return }
    FrameWriting.appendWindowUpdate(increment: untold, streamID: 0, to: &output)
    receiveWindow += untold
    untold = 0
  }
}
