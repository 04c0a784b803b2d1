import Foundation
import TestSupport

/// A response as it came over the wire, read with RFC 9112's rules and nothing lenient.
struct RawResponse: Sendable {
  enum Framing: Equatable, Sendable {
    case none
    case length(Int)
    case chunked
    case untilClose
  }

  struct Field: Equatable, Sendable {
    var name: String
    var value: String
  }

  /// Heads of 1xx responses in front of it.
  var interim: [[UInt8]] = []
  /// The head with its empty line, byte for byte.
  var head: [UInt8] = []
  var version = ""
  /// 0: no head came.
  var status = 0
  var reason = ""
  var fields: [Field] = []
  var framing = Framing.none
  /// The beginning of the body, up to the limit that was given.
  var body: [UInt8] = []
  /// All bytes of it.
  var bodyCount = 0
  var trailers: [Field] = []
  /// The message came to its declared end. One that ends with the connection needs a FIN for that.
  var isWhole = false
  /// How the connection ended, where it did.
  var end: RawClient.End?

  /// All values of a field, as one list.
  subscript(name: String) -> String? {
    let values = fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    return values.isEmpty ? nil : values.joined(separator: ", ")
  }

  var bodyText: String { text(body) }
  var interimStatuses: [Int] { interim.map { Int(text($0).split(separator: " ").dropFirst().first ?? "") ?? 0 } }
}

extension RawClient {
  /// Bytes of a body that are kept unless told otherwise.
  static let keptBytes = 8 << 20

  /// Reads one response, interim ones included; stops where it ends or the connection does.
  func readResponse(to method: String = "GET", keeping limit: Int = keptBytes) -> RawResponse {
    var response = RawResponse()
    while true {
      guard let head = readThrough([0x0D, 0x0A, 0x0D, 0x0A]) else {
        response.end = end ?? .open
        return response
      }
      response.read(head)
      guard (100..<200).contains(response.status), response.status != 101 else { break }
      response.interim.append(head)
    }
    response.framing = framing(of: response, method)
    readBody(&response, limit)
    response.end = end
    return response
  }

  /// Sends a request and reads the response to it.
  func exchange(_ request: [UInt8], method: String? = nil, keeping limit: Int = keptBytes) -> RawResponse {
    send(request)
    let method = method ?? text(request.prefix { $0 != 0x20 })
    return readResponse(to: method, keeping: limit)
  }

  func exchange(_ request: String) -> RawResponse { exchange(Array(request.utf8)) }

  /// RFC 9112 section 6.3, for a client.
  private func framing(of response: RawResponse, _ method: String) -> RawResponse.Framing {
    if method == "HEAD" || response.status == 204 || response.status == 304 || response.status == 101 { return .none }
    if let codings = response["transfer-encoding"] { return codings == "chunked" ? .chunked : .untilClose }
    if let length = response["content-length"], let count = Int(length) { return .length(count) }
    return .untilClose
  }

  private func readBody(_ response: inout RawResponse, _ limit: Int) {
    switch response.framing {
    case .none:
      response.isWhole = true
    case .length(let count):
      response.bodyCount = skip(count, keeping: &response.body, upTo: limit)
      response.isWhole = response.bodyCount == count
    case .untilClose:
      response.bodyCount = skip(.max, keeping: &response.body, upTo: limit)
      response.isWhole = end == .fin
    case .chunked:
      response.isWhole = readChunks(&response, limit)
    }
  }

  private func readChunks(_ response: inout RawResponse, _ limit: Int) -> Bool {
    while true {
      guard let line = readThrough([0x0D, 0x0A]), let size = Int(text(line.dropLast(2)), radix: 16) else {
        return false
      }
      if size == 0 { break }
      let count = skip(size, keeping: &response.body, upTo: limit)
      response.bodyCount += count
      guard count == size, read(2) == [0x0D, 0x0A] else { return false }
    }
    while let line = readThrough([0x0D, 0x0A]) {
      if line.count == 2 { return true }
      response.trailers.append(RawResponse.field(text(line.dropLast(2))))
    }
    return false
  }
}

extension RawResponse {
  fileprivate mutating func read(_ head: [UInt8]) {
    self.head = head
    var lines = text(head.dropLast(4)).components(separatedBy: "\r\n")[...]
    let parts = (lines.popFirst() ?? "").split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
    version = parts.first.map(String.init) ?? ""
    status = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    reason = parts.count > 2 ? String(parts[2]) : ""
    fields = lines.map(Self.field)
  }

  fileprivate static func field(_ line: String) -> Field {
    let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let value = parts.count > 1 ? parts[1].drop { $0 == " " || $0 == "\t" } : ""
    return Field(name: parts.first.map(String.init) ?? "", value: String(value))
  }
}
