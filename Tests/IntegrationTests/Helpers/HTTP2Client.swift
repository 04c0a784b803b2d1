import SluiceCore
import SluiceWire
import TestSupport

/// A client of HTTP/2 with prior knowledge that sends what it is told and keeps everything that it is told.
final class HTTP2Client {
  struct Message {
    /// Field lines of each head and trailer section, informational ones first.
    var heads: [String] = []
    var body: [UInt8] = []
    var isEnded = false
    var reset: HTTP2ErrorCode?

    var status: Int? {
      heads.last { $0.contains(":status") }?.split(separator: "\r\n").first { $0.hasPrefix(":status: ") }
        .flatMap { Int($0.dropFirst(9)) }
    }

    func value(of name: String) -> String? {
      for head in heads {
        for line in head.split(separator: "\r\n") where line.hasPrefix(name + ": ") {
          return String(line.dropFirst(name.count + 2))
        }
      }
      return nil
    }
  }

  private let client: RawClient
  private var machine: HTTP2Connection
  private(set) var messages: [UInt32: Message] = [:]
  /// The last streams and codes of each GOAWAY.
  private(set) var goneAway: [(last: UInt32, code: HTTP2ErrorCode)] = []
  private(set) var events: [HTTP2Event] = []
  private(set) var end: RawClient.End?
  private var held: [UInt8] = []

  /// - Parameter initialWindow: bytes of a response that may come before more are allowed.
  init(port: Int, initialWindow: Int = 256 << 10) throws {
    machine = HTTP2Connection(.upstream, limits: HTTP2Limits(streamWindow: initialWindow))
    client = try RawClient(port: port)
    machine.start()
    say()
  }

  private func say() {
    client.send(machine.output)
    machine.output = []
    client.push()
  }

  /// Frames as they are.
  func send(_ bytes: [UInt8]) {
    machine.output += bytes
    say()
  }

  /// A request's head; pseudo-header fields that `fields` names are not added.
  @discardableResult
  func request(_ path: String, method: String = "GET", _ fields: [(String, String)] = [], ends: Bool = true) -> UInt32 {
    let id = machine.open()
    let given = Set(fields.map(\.0))
    let pseudo = [(":method", method), (":scheme", "http"), (":authority", "test"), (":path", path)]
    var block: [UInt8] = []
    for (name, value) in pseudo.filter({ !given.contains($0.0) }) + fields {
      block += [0, UInt8(name.utf8.count)] + Array(name.utf8) + [UInt8(value.utf8.count)] + Array(value.utf8)
    }
    FrameWriting.appendHeaders(block, endsStream: ends, streamID: id, payloadMax: 16_384, to: &machine.output)
    if ends { machine.endedHere(id) }
    messages[id] = Message()
    say()
    return id
  }

  func sendBody(_ bytes: [UInt8], on id: UInt32, ends: Bool) {
    FrameWriting.appendDataHeader(length: bytes.count, endsStream: ends, streamID: id, to: &machine.output)
    machine.output += bytes
    machine.sent(bytes.count, on: id)
    if ends { machine.endedHere(id) }
    say()
  }

  func reset(_ id: UInt32) {
    machine.reset(id, .cancel)
    say()
  }

  /// Reads until `condition` holds, the connection has ended, or so many milliseconds have passed without it.
  @discardableResult
  func wait(_ milliseconds: Int = 8000, until condition: (HTTP2Client) -> Bool) -> Bool {
    var left = milliseconds
    while !condition(self) {
      guard left > 0, end == nil else { return false }
      let read = client.read(patience: 5)
      left -= 5
      take(read.bytes)
      if read.bytes.isEmpty, client.end != nil { end = client.end }
      say()
    }
    return true
  }

  /// The whole response of a stream.
  func response(_ id: UInt32) -> Message {
    wait { $0.messages[id]?.isEnded == true || $0.messages[id]?.reset != nil }
    return messages[id] ?? Message()
  }

  private func take(_ bytes: [UInt8]) {
    held += bytes
    let bytes = held
    var offset = 0
    while true {
      let event = machine.receive(bytes.span.bytes, at: &offset, now: Instant(nanoseconds: 0))
      switch event {
      case .needMore:
        held.removeFirst(offset)
        return
      case .head(let id, let ends):
        messages[id, default: Message()].heads.append(text(machine.list.bytes))
        if ends { messages[id]?.isEnded = true }
      case .trailers(let id):
        messages[id, default: Message()].heads.append(text(machine.list.bytes))
        messages[id]?.isEnded = true
      case .data(let id, let range, let ends):
        messages[id, default: Message()].body += bytes[range.offsets]
        if machine.limits.streamWindow > 1000 { machine.took(range.count, on: id) }
        if ends { messages[id]?.isEnded = true }
      case .reset(let id, let code): messages[id, default: Message()].reset = code
      case .goneAway(let last, let code): goneAway.append((last, code))
      case .failed:
        held = []
        events.append(event)
        return
      case .nothing, .settingsChanged, .windowOpened, .pingAnswered, .streamFailed: break
      }
      events.append(event)
    }
  }
}
