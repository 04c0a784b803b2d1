internal import SluiceWire

// Frames of the peer.

extension HTTP2Connection {
  /// Takes the next frame, or as much of its content as has arrived, from `offset` on, which moves behind it.
  public mutating func receive(_ bytes: RawSpan, at offset: inout Int, now: Instant) -> HTTP2Event {
    guard !isOver else {
      offset = bytes.byteCount
      return .needMore
    }
    if prefaceLeft > 0 {
      guard takePreface(bytes, at: &offset) else { return fail(HTTP2Fault(.preface)) }
      guard prefaceLeft == 0 else { return .needMore }
    }
    switch reader.next(bytes, at: &offset) {
    case .needMore: return .needMore
    case .failed(let fault): return failed(fault, now)
    case .frame(let frame): return received(frame, bytes, now)
    }
  }

  private mutating func takePreface(_ bytes: RawSpan, at offset: inout Int) -> Bool {
    let whole = Self.preface.utf8CodeUnitCount
    while prefaceLeft > 0, offset < bytes.byteCount {
      let expected = Self.preface.withUTF8Buffer { $0[whole - prefaceLeft] }
      guard bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self) == expected else { return false }
      offset += 1
      prefaceLeft -= 1
    }
    return true
  }

  private mutating func received(_ frame: Frame, _ bytes: RawSpan, _ now: Instant) -> HTTP2Event {
    if !hasPeerSettings {
      guard case .settings = frame else { return fail(HTTP2Fault(.settingsMissing)) }
    }
    switch frame {
    case .data(let id, let range, let flowLength, let endsStream):
      return receivedData(id, range, flowLength, endsStream, now)
    case .headers(let id, let range, let endsStream, let endsBlock):
      return receivedHeaders(id, bytes.extracting(range.offsets), endsStream, endsBlock, now)
    case .continuation(_, let range, let endsBlock):
      return receivedContinuation(bytes.extracting(range.offsets), endsBlock, now)
    case .reset(let id, let code): return receivedReset(id, code, now)
    case .settings(let range): return receivedSettings(bytes.extracting(range.offsets), now)
    case .settingsAcknowledged: return other(now)
    case .ping(let data):
      if let rule = guardian.tookPing(at: now) { return fail(HTTP2Fault(rule)) }
      FrameWriting.appendPing(data, isAcknowledgement: true, to: &output)
      return .nothing
    case .pingAcknowledged(let data):
      if let rule = guardian.tookOther(at: now) { return fail(HTTP2Fault(rule)) }
      return .pingAnswered(data)
    case .goAway(let last, let code, _):
      hasPeerGoneAway = true
      return .goneAway(lastStreamID: last, code)
    case .windowUpdate(let id, let increment): return receivedWindow(id, increment, now)
    case .priority, .ignored: return other(now)
    }
  }

  private mutating func other(_ now: Instant) -> HTTP2Event {
    if let rule = guardian.tookOther(at: now) { return fail(HTTP2Fault(rule)) }
    return .nothing
  }

  // MARK: Faults

  mutating func fail(_ fault: HTTP2Fault) -> HTTP2Event {
    goAway(fault.code)
    isOver = true
    return .failed(fault)
  }

  private mutating func failed(_ fault: HTTP2Fault, _ now: Instant) -> HTTP2Event {
    guard fault.streamID != 0 else { return fail(fault) }
    // A fault of a stream that has never been is the connection's.
    guard !isIdle(fault.streamID) else { return fail(HTTP2Fault(.streamIdle)) }
    return failStream(fault.streamID, fault.rule, code: fault.code, now)
  }

  mutating func failStream(
    _ id: UInt32, _ rule: HTTP2Rule, code: HTTP2ErrorCode? = nil, _ now: Instant
  ) -> HTTP2Event {
    if let flood = guardian.tookFault(at: now) { return fail(HTTP2Fault(flood)) }
    if streams[id] != nil {
      reset(id, code ?? rule.code)
      return .streamFailed(streamID: id, rule)
    }
    FrameWriting.appendReset(code ?? rule.code, streamID: id, to: &output)
    ended.insert(id)
    return .nothing
  }

  private func isIdle(_ id: UInt32) -> Bool {
    switch side {
    case .downstream: id & 1 == 0 || id > lastPeerStreamID
    case .upstream: id & 1 == 0 || id >= nextStreamID
    }
  }

  // MARK: Content

  private mutating func receivedData(
    _ id: UInt32, _ range: ByteRange, _ flowLength: Int, _ endsStream: Bool, _ now: Instant
  ) -> HTTP2Event {
    if isIdle(id) { return fail(HTTP2Fault(.streamIdle)) }
    guard flowLength <= receiveWindow else { return fail(HTTP2Fault(.windowExceeded)) }
    receiveWindow -= flowLength
    if limits.opensConnectionAtOnce { openConnection(by: flowLength) }
    if range.isEmpty, !endsStream {
      // Padding alone, or its length, is no content either, but a cut frame may come so.
      let rule = flowLength == 0 ? guardian.tookEmptyData(at: now) : guardian.tookOther(at: now)
      if let rule { return fail(HTTP2Fault(rule)) }
    }
    guard let stream = streams[id] else { return dataOfNone(id, flowLength, now) }
    if stream.isEndedThere { return failCounting(id, flowLength, .streamClosed, now) }
    if side == .upstream, !stream.hasHead { return failCounting(id, flowLength, .contentBeforeHead, now) }
    guard flowLength <= stream.receiveWindow else { return failCounting(id, flowLength, .windowExceeded, now) }
    let count = UInt64(range.count)
    if let left = stream.contentLeft, count > left || endsStream && count < left {
      return failCounting(id, flowLength, count > left ? .contentExcess : .contentShort, now)
    }
    _ = streams.with(id) { stream in
      stream.receiveWindow -= flowLength
      stream.contentLeft = stream.contentLeft.map { $0 - count }
      if endsStream { stream.isEndedThere = true }
    }
    // Padding is nothing that anybody takes later.
    took(flowLength - range.count, on: id)
    if endsStream, stream.isEndedHere { remove(id, wasReset: false) }
    return .data(streamID: id, range, endsStream: endsStream)
  }

  /// Content of a stream that is gone: of one that we have reset it was on its way.
  private mutating func dataOfNone(_ id: UInt32, _ flowLength: Int, _ now: Instant) -> HTTP2Event {
    if !limits.opensConnectionAtOnce { openConnection(by: flowLength) }
    if ended.contains(id) || id > lastAccepted { return other(now) }
    return failStream(id, .streamClosed, now)
  }

  private mutating func failCounting(
    _ id: UInt32, _ flowLength: Int, _ rule: HTTP2Rule, _ now: Instant
  ) -> HTTP2Event {
    if !limits.opensConnectionAtOnce { openConnection(by: flowLength) }
    return failStream(id, rule, now)
  }

  // MARK: Streams and windows

  private mutating func receivedReset(_ id: UInt32, _ code: HTTP2ErrorCode, _ now: Instant) -> HTTP2Event {
    if isIdle(id) { return fail(HTTP2Fault(.streamIdle)) }
    if side == .downstream, let rule = guardian.tookReset(at: now) { return fail(HTTP2Fault(rule)) }
    guard streams[id] != nil else { return side == .downstream ? .nothing : other(now) }
    remove(id, wasReset: true)
    return .reset(streamID: id, code)
  }

  private mutating func receivedWindow(_ id: UInt32, _ increment: Int, _ now: Instant) -> HTTP2Event {
    if let rule = guardian.tookOther(at: now) { return fail(HTTP2Fault(rule)) }
    if id == 0 {
      sendWindow += increment
      guard sendWindow <= HTTP2Settings.windowSizeMax else { return fail(HTTP2Fault(.windowOverflow)) }
      return .windowOpened(streamID: 0)
    }
    if isIdle(id) { return fail(HTTP2Fault(.streamIdle)) }
    let window = streams.with(id) { stream -> Int in
      stream.sendWindow += increment
      return stream.sendWindow
    }
    guard let window else { return .nothing }
    guard window <= HTTP2Settings.windowSizeMax else { return failStream(id, .windowOverflow, now) }
    return .windowOpened(streamID: id)
  }

  private mutating func receivedSettings(_ payload: RawSpan, _ now: Instant) -> HTTP2Event {
    if let rule = guardian.tookSettings(at: now) { return fail(HTTP2Fault(rule)) }
    let before = Int(peer.initialWindowSize)
    do {
      try peer.apply(payload)
    } catch {
      return fail(error)
    }
    hasPeerSettings = true
    let change = Int(peer.initialWindowSize) - before
    if change != 0 {
      var overflows = false
      streams.changeAll { stream in
        stream.sendWindow += change
        if stream.sendWindow > HTTP2Settings.windowSizeMax { overflows = true }
      }
      if overflows { return fail(HTTP2Fault(.windowOverflow)) }
    }
    FrameWriting.appendSettingsAcknowledgement(to: &output)
    return .settingsChanged
  }
}
