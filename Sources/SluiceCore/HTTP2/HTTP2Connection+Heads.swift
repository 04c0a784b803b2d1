internal import SluiceWire

// Header blocks of the peer: a head, or a trailer section.

extension HTTP2Connection {
  mutating func receivedHeaders(
    _ id: UInt32, _ fragment: RawSpan, _ endsStream: Bool, _ endsBlock: Bool, _ now: Instant
  ) -> HTTP2Event {
    block.streamID = id
    block.endsStream = endsStream
    block.frames = 1
    if endsBlock { return receivedBlock(fragment, now) }
    block.bytes.removeAll(keepingCapacity: true)
    return gather(fragment) ?? .nothing
  }

  mutating func receivedContinuation(_ fragment: RawSpan, _ endsBlock: Bool, _ now: Instant) -> HTTP2Event {
    block.frames += 1
    guard block.frames <= limits.blockFramesMax else { return fail(HTTP2Fault(.headerBlockTooLong)) }
    if let failure = gather(fragment) { return failure }
    guard endsBlock else { return .nothing }
    let whole = block.bytes
    block.bytes = []
    return receivedBlock(whole.span.bytes, now)
  }

  private mutating func gather(_ fragment: RawSpan) -> HTTP2Event? {
    guard block.bytes.count + fragment.byteCount <= limits.blockMax else {
      return fail(HTTP2Fault(.headerBlockTooLong))
    }
    fragment.withUnsafeBytes { block.bytes.append(contentsOf: $0) }
    return nil
  }

  /// A whole block. It is decoded whatever becomes of its stream: the peer's table moves with it.
  private mutating func receivedBlock(_ bytes: RawSpan, _ now: Instant) -> HTTP2Event {
    let id = block.streamID
    let isTrailers = streams[id].map { side == .downstream || $0.hasHead } ?? false
    list.forget(as: isTrailers ? .trailers : side == .downstream ? .request : .response)
    do {
      try decoder.decode(bytes, into: &list)
    } catch {
      return fail(HTTP2Fault(.compression))
    }
    if isTrailers { return receivedTrailers(id, now) }
    switch side {
    case .downstream: return receivedRequest(id, now)
    case .upstream: return receivedResponse(id, now)
    }
  }

  private mutating func receivedRequest(_ id: UInt32, _ now: Instant) -> HTTP2Event {
    guard id & 1 == 1 else { return fail(HTTP2Fault(.streamOrder)) }
    guard id > lastPeerStreamID else {
      guard ended.contains(id) else { return fail(HTTP2Fault(.streamClosed)) }
      if let rule = guardian.tookFault(at: now) { return fail(HTTP2Fault(rule)) }
      return .nothing
    }
    // Begun after we said which is the last: the client knows that it was not taken.
    guard id <= lastAccepted else { return .nothing }
    lastPeerStreamID = id
    guard streams.count < limits.streamsMax else {
      if let rule = guardian.tookFault(at: now) { return fail(HTTP2Fault(rule)) }
      FrameWriting.appendReset(.refusedStream, streamID: id, to: &output)
      ended.insert(id)
      return .nothing
    }
    begin(id)
    let endsStream = block.endsStream
    _ = streams.with(id) { stream in
      stream.hasHead = true
      stream.isEndedThere = endsStream
    }
    return .head(streamID: id, endsStream: endsStream)
  }

  private mutating func receivedResponse(_ id: UInt32, _ now: Instant) -> HTTP2Event {
    guard id & 1 == 1, id < nextStreamID else { return fail(HTTP2Fault(.streamIdle)) }
    guard streams[id] != nil else {
      // We have reset it, or it had ended.
      guard let rule = guardian.tookFault(at: now) else { return .nothing }
      return fail(HTTP2Fault(rule))
    }
    let isInformational = list.pseudo.status.map { list.bytes[Int($0.lowerBound)] == 0x31 && $0.count == 3 } ?? false
    let endsStream = block.endsStream
    if isInformational, endsStream { return failStream(id, .contentBeforeHead, now) }
    let isOver = streams.with(id) { stream in
      stream.hasHead = !isInformational
      stream.isEndedThere = endsStream
      return endsStream && stream.isEndedHere
    }
    if isOver == true { remove(id, wasReset: false) }
    return .head(streamID: id, endsStream: endsStream)
  }

  private mutating func receivedTrailers(_ id: UInt32, _ now: Instant) -> HTTP2Event {
    guard let stream = streams[id] else { return .nothing }
    if stream.isEndedThere { return failStream(id, .streamClosed, now) }
    guard block.endsStream else { return failStream(id, .trailersUnended, now) }
    if let left = stream.contentLeft, left > 0 { return failStream(id, .contentShort, now) }
    _ = streams.with(id) { $0.isEndedThere = true }
    if stream.isEndedHere { remove(id, wasReset: false) }
    return .trailers(streamID: id)
  }
}
