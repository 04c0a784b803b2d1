internal import NIOCore

/// Reads one response, interim ones before it, from whatever a gateway sends, and names the first thing that is not
/// HTTP.
///
/// It shares nothing with the codec of Sluice: a mistake there must not hide itself here. It reads on after a fault as
/// far as that makes sense, and only counts where it makes none.
struct AnswerReader {
  private enum Place: Equatable {
    case head
    case body(left: Int)
    case chunkSize
    case chunk(left: Int)
    case chunkEnd
    case trailers
    case untilClose
    /// What comes belongs to another protocol.
    case tunnel
    /// What comes is not HTTP.
    case garbage
    case done
  }

  /// The longest head or chunk-size line that is taken in, in bytes.
  static let lineBytesMax = 16 << 20

  let isHead: Bool
  private(set) var answer = Answer()
  private var place = Place.head
  private var input = ByteBuffer()
  /// How much of `input` holds no end of a head.
  private var scanned = 0

  /// - Parameter isHead: whether the request was HEAD, whose response has no body.
  init(isHead: Bool) { self.isHead = isHead }

  var isDone: Bool { place == .done || place == .tunnel }

  mutating func take(_ bytes: ByteBuffer) {
    answer.received += bytes.readableBytes
    var bytes = bytes
    input.writeBuffer(&bytes)
    while step() {}
    input.discardReadBytes()
  }

  /// The connection has ended.
  mutating func finish(_ end: Answer.End) -> Answer {
    answer.end = end
    if place == .untilClose { answer.isWhole = end == .fin }
    if place == .head, input.readableBytes > 0 {
      answer.fault = answer.fault ?? "a head that ends in its middle"
    }
    return answer
  }

  /// - Returns: false where more bytes are needed.
  private mutating func step() -> Bool {
    switch place {
    case .head: return readHead()
    case .body(let left), .chunk(let left):
      guard let piece = input.readSlice(length: min(left, input.readableBytes)), piece.readableBytes > 0 else {
        return false
      }
      keep(piece)
      let rest = left - piece.readableBytes
      if case .chunk = place {
        place = rest == 0 ? .chunkEnd : .chunk(left: rest)
      } else if rest == 0 {
        end()
      } else {
        place = .body(left: rest)
      }
      return true
    case .chunkSize, .chunkEnd, .trailers: return readChunkLine()
    case .untilClose:
      guard let piece = input.readSlice(length: input.readableBytes), piece.readableBytes > 0 else { return false }
      keep(piece)
      return false
    case .garbage, .tunnel:
      input.moveReaderIndex(to: input.writerIndex)
      return false
    case .done:
      answer.excess += input.readableBytes
      input.moveReaderIndex(to: input.writerIndex)
      return false
    }
  }

  private mutating func keep(_ piece: ByteBuffer) {
    answer.bodyCount += piece.readableBytes
    let room = Answer.keptBytes - answer.body.count
    if room > 0 { answer.body += piece.readableBytesView.prefix(room) }
  }

  private mutating func end() {
    answer.isWhole = true
    place = .done
  }

  private mutating func spoil(_ fault: String) -> Bool {
    answer.fault = answer.fault ?? fault
    place = .garbage
    return true
  }

  // MARK: Heads

  private mutating func readHead() -> Bool {
    let view = input.readableBytesView
    guard !view.isEmpty else { return false }
    let start = Array(view.prefix(7))
    if !"HTTP/1.".utf8.starts(with: start) { return spoil("bytes that do not begin as HTTP does") }
    guard let length = HeadText.length(view, from: scanned) else {
      scanned = max(0, view.count - 3)
      return view.count > Self.lineBytesMax ? spoil("a head without end") : false
    }
    scanned = 0
    let head = HeadText(input.readBytes(length: length) ?? [])
    answer.fault = answer.fault ?? head.fault
    guard let status = head.status else { return spoil(head.fault ?? "a status line that is none") }
    if (100..<200).contains(status), status != 101 {
      answer.interim += 1
      return true
    }
    answer.status = status
    answer.fields = head.fields
    begin(framing(status))
    if status == 101 { place = .tunnel }
    return true
  }

  private mutating func begin(_ framing: Answer.Framing) {
    answer.framing = framing
    switch framing {
    case .none, .length(0): end()
    case .length(let count): place = .body(left: count)
    case .chunked: place = .chunkSize
    case .untilClose: place = .untilClose
    }
  }

  /// RFC 9112 section 6.3 as a client applies it, and what a gateway must not send at all.
  private mutating func framing(_ status: UInt16) -> Answer.Framing {
    let codings = answer.value("transfer-encoding")
    let lengths = answer.value("content-length").map { text in
      text.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingSpace }
    }
    if let lengths {
      if codings != nil { answer.fault = answer.fault ?? "Content-Length beside Transfer-Encoding" }
      let isNumber = lengths.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
      if Set(lengths).count != 1 || !isNumber {
        answer.fault = answer.fault ?? "a Content-Length that is no one number"
      }
    }
    if let codings, codings.trimmingSpace.lowercased() != "chunked" {
      answer.fault = answer.fault ?? "a Transfer-Encoding other than chunked"
    }
    if isHead || status == 204 || status == 304 || status == 101 { return .none }
    if let codings { return codings.lowercased().hasSuffix("chunked") ? .chunked : .untilClose }
    if let count = lengths?.first.flatMap({ Int($0) }), count >= 0 { return .length(count) }
    return .untilClose
  }

  // MARK: Chunks

  private mutating func readChunkLine() -> Bool {
    let view = input.readableBytesView
    guard let lineEnd = view.firstIndex(of: 0x0A) else {
      return view.count > Self.lineBytesMax ? spoil("a chunk line without end") : false
    }
    let line = input.readBytes(length: lineEnd - view.startIndex + 1) ?? []
    guard line.count >= 2, line[line.count - 2] == 0x0D else { return spoil("a line of a chunk without CRLF") }
    let text = line.dropLast(2)
    switch place {
    case .chunkSize:
      let digits = text.prefix { HeadText.isHexDigit($0) }
      let next = text.dropFirst(digits.count).first
      guard let size = Int(String(decoding: digits, as: UTF8.self), radix: 16),
        next == nil || next == UInt8(ascii: ";") || next == 0x20 || next == 0x09
      else { return spoil("a chunk size that is no number") }
      place = size == 0 ? .trailers : .chunk(left: size)
    case .chunkEnd:
      guard text.isEmpty else { return spoil("a chunk that is longer than its size") }
      place = .chunkSize
    default:
      if text.isEmpty {
        end()
      } else if let fault = HeadText.fault(inField: Array(text)) {
        answer.fault = answer.fault ?? fault
      }
    }
    return true
  }
}

extension StringProtocol {
  var trimmingSpace: String {
    var part = Substring(self)
    while let first = part.first, first == " " || first == "\t" { part.removeFirst() }
    while let last = part.last, last == " " || last == "\t" { part.removeLast() }
    return String(part)
  }
}
