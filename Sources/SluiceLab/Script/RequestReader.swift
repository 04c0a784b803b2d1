internal import NIOCore

/// Takes requests out of a byte stream, a head at once and a body piece by piece.
///
/// Tolerant: bare LF ends a line, what is no field is skipped. Bounded: `headBytesMax`, and one chunk-size line.
struct RequestReader {
  enum Failure: Error, Equatable {
    case headTooLarge
    case badChunk
  }

  private enum Place: Equatable {
    case head
    case length(Int)
    case chunkSize
    case chunk(Int)
    case chunkEnd
    case trailers
  }

  /// The longest chunk-size or trailer line, in bytes.
  static let lineBytesMax = 16 * 1024

  let headBytesMax: Int
  private var place = Place.head
  /// How far the search for the end of a head has come, so that a head that drips in is not scanned again and again.
  private var scanned = 0

  init(headBytesMax: Int) { self.headBytesMax = headBytesMax }

  /// Whether the last head's body has been taken whole.
  var isBodyComplete: Bool { place == .head }

  /// The next head, or nil where more bytes are needed. Call only between messages.
  mutating func nextHead(_ input: inout ByteBuffer) throws -> LabRequest? {
    if scanned == 0 {
      while let byte = input.getInteger(at: input.readerIndex, as: UInt8.self), byte == 0x0D || byte == 0x0A {
        input.moveReaderIndex(forwardBy: 1)
      }
    }
    let view = input.readableBytesView
    guard let length = headLength(view) else {
      scanned = max(0, view.count - 3)
      if view.count > headBytesMax { throw Failure.headTooLarge }
      return nil
    }
    scanned = 0
    if length > headBytesMax { throw Failure.headTooLarge }
    let bytes = input.readBytes(length: length) ?? []
    let request = parse(bytes)
    switch request.body {
    case .none: place = .head
    case .length(let count): place = count > 0 ? .length(count) : .head
    case .chunked: place = .chunkSize
    }
    return request
  }

  private func headLength(_ view: ByteBufferView) -> Int? {
    var index = view.startIndex + scanned
    while index < view.endIndex {
      if view[index] == 0x0A {
        let next = index + 1
        if next < view.endIndex, view[next] == 0x0A { return next + 1 - view.startIndex }
        if next + 1 < view.endIndex, view[next] == 0x0D, view[next + 1] == 0x0A { return next + 2 - view.startIndex }
      }
      index += 1
    }
    return nil
  }

  private func parse(_ bytes: [UInt8]) -> LabRequest {
    var request = LabRequest()
    request.head = bytes
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: true)[...]
    let first = lines.popFirst().map(Self.line) ?? ""
    let parts = first.split(separator: " ", omittingEmptySubsequences: true)
    request.method = parts.first.map(String.init) ?? ""
    request.target = parts.count > 1 ? String(parts[1]) : ""
    request.version = parts.count > 2 ? String(parts[2]) : ""
    for bytes in lines {
      let text = Self.line(bytes)
      guard let colon = text.firstIndex(of: ":") else { continue }
      let value = text[text.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      request.fields.append((String(text[..<colon]), String(value)))
    }
    request.body = Self.body(of: request)
    return request
  }

  private static func line(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)
  }

  private static func body(of request: LabRequest) -> LabRequest.Body {
    if request.field("transfer-encoding")?.lowercased().contains("chunked") == true { return .chunked }
    if let length = request.field("content-length").flatMap({ Int($0) }), length > 0 { return .length(length) }
    return .none
  }

  /// The next piece of the body, or nil where more bytes are needed or the body is complete.
  mutating func nextBody(_ input: inout ByteBuffer) throws -> ByteBuffer? {
    while true {
      switch place {
      case .head:
        return nil
      case .length(let left), .chunk(let left):
        guard let piece = input.readSlice(length: min(left, input.readableBytes)), piece.readableBytes > 0 else {
          return nil
        }
        advance(by: piece.readableBytes, of: left)
        return piece
      case .chunkSize:
        guard let line = try nextLine(&input) else { return nil }
        let digits = line.prefix { $0 != ";" && $0 != " " }
        guard let size = Int(digits, radix: 16), size >= 0 else { throw Failure.badChunk }
        place = size == 0 ? .trailers : .chunk(size)
      case .chunkEnd:
        guard let line = try nextLine(&input) else { return nil }
        guard line.isEmpty else { throw Failure.badChunk }
        place = .chunkSize
      case .trailers:
        guard let line = try nextLine(&input) else { return nil }
        if line.isEmpty { place = .head }
      }
    }
  }

  private mutating func advance(by count: Int, of left: Int) {
    let rest = left - count
    if case .chunk = place {
      place = rest == 0 ? .chunkEnd : .chunk(rest)
    } else {
      place = rest == 0 ? .head : .length(rest)
    }
  }

  private func nextLine(_ input: inout ByteBuffer) throws -> String? {
    let view = input.readableBytesView
    guard let end = view.firstIndex(of: 0x0A) else {
      if view.count > Self.lineBytesMax { throw Failure.badChunk }
      return nil
    }
    let bytes = input.readBytes(length: end - view.startIndex + 1) ?? []
    return Self.line(bytes.dropLast())
  }
}
