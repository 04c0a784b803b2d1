import SluiceWire

@testable import SluiceCore

/// One side of a connection with everything that it was told.
struct HTTP2Peer {
  var machine: HTTP2Connection
  var events: [HTTP2Event] = []
  /// Field lines of each head and trailer section.
  var heads: [String] = []
  /// Content by stream.
  var content: [UInt32: [UInt8]] = [:]
  private var held: [UInt8] = []

  init(_ side: Side, limits: HTTP2Limits = HTTP2Limits()) {
    machine = HTTP2Connection(side, limits: limits)
  }

  /// Takes bytes, in pieces where `cut` says so.
  mutating func take(_ bytes: [UInt8], at now: Instant = Instant(nanoseconds: 0)) {
    held += bytes
    let held = held
    var offset = 0
    reading: while true {
      let event = machine.receive(held.span.bytes, at: &offset, now: now)
      if event == .needMore { break reading }
      events.append(event)
      switch event {
      case .head, .trailers: heads.append(String(decoding: machine.list.bytes, as: UTF8.self))
      case .data(let id, let range, _): content[id, default: []] += held[range.offsets]
      default: break
      }
      if case .failed = event { break reading }
    }
    self.held.removeFirst(min(offset, held.count))
  }

  /// What the machine has to say, taken out.
  mutating func say() -> [UInt8] {
    defer { machine.output = [] }
    return machine.output
  }

  var failure: HTTP2Fault? {
    for case .failed(let fault) in events { return fault }
    return nil
  }
}

/// A client and a server that have exchanged their SETTINGS.
struct HTTP2Pair {
  var client: HTTP2Peer
  var server: HTTP2Peer

  init(limits: HTTP2Limits = HTTP2Limits()) {
    client = HTTP2Peer(.upstream, limits: limits)
    server = HTTP2Peer(.downstream, limits: limits)
    client.machine.start()
    server.machine.start()
    exchange()
    client.events = []
    server.events = []
  }

  /// Until neither has anything to say.
  mutating func exchange(at now: Instant = Instant(nanoseconds: 0)) {
    while !client.machine.output.isEmpty || !server.machine.output.isEmpty {
      server.take(client.say(), at: now)
      client.take(server.say(), at: now)
    }
  }

  /// The client begins a stream with a request.
  mutating func request(_ method: String = "GET", ends: Bool = true) -> UInt32 {
    let id = client.machine.open()
    var block: [UInt8] = []
    HPACKEncoder.appendRequest(
      method: Array(method.utf8).span.bytes, isSecure: false, authority: Array("host".utf8).span.bytes,
      path: Array("/".utf8).span.bytes, to: &block)
    FrameWriting.appendHeaders(
      block, endsStream: ends, streamID: id, payloadMax: 16_384, to: &client.machine.output)
    if ends { client.machine.endedHere(id) }
    exchange()
    return id
  }

  /// The server answers a stream.
  mutating func respond(_ id: UInt32, status: UInt16 = 200, ends: Bool = true) {
    var block: [UInt8] = []
    HPACKEncoder.appendStatus(status, to: &block)
    FrameWriting.appendHeaders(
      block, endsStream: ends, streamID: id, payloadMax: 16_384, to: &server.machine.output)
    if ends { server.machine.endedHere(id) }
    exchange()
  }
}

/// Content of one side's stream, within the windows that the machine tells.
func sendContent(_ count: Int, ends: Bool, on id: UInt32, from machine: inout HTTP2Connection) -> Int {
  let length = min(count, machine.sendable(id))
  let isLast = ends && length == count
  FrameWriting.appendDataHeader(length: length, endsStream: isLast, streamID: id, to: &machine.output)
  machine.output += [UInt8](repeating: 0x78, count: length)
  machine.sent(length, on: id)
  if isLast { machine.endedHere(id) }
  return length
}
