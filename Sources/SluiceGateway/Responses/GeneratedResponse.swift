public import NIOCore
internal import SluiceIncidents
public import SluiceWire

/// A whole response that the gateway makes itself, in no protocol's form yet.
public struct GeneratedResponse: Sendable {
  public struct Field: Sendable {
    public let name: StaticString
    public var value: [UInt8]
  }

  public var status: UInt16
  /// In their order; Date, Content-Length and Connection are added where the response is written.
  public var fields: [Field] = []
  public var body: [UInt8] = []
  /// The connection ends with this response whatever the client asked for (408, draining).
  public var closes = false
  /// The head is all there is, trailers included (gRPC over HTTP/2, "Trailers-Only").
  public var isTrailersOnly = false

  init(status: UInt16) { self.status = status }

  mutating func add(_ name: StaticString, _ value: [UInt8]) { fields.append(Field(name: name, value: value)) }

  mutating func add(_ name: StaticString, _ value: StaticString) {
    add(name, value.withUTF8Buffer { Array($0) })
  }

  /// A redirect of a route (RFC 9110 section 15.4).
  ///
  /// - Parameter location: The target. Bytes that may not stand in a field are percent-encoded: a part of it can come
  ///   from the request.
  public static func redirect(status: UInt16, location: [UInt8]) -> GeneratedResponse {
    var response = GeneratedResponse(status: status)
    response.add("Location", percentEncodingControls(location))
    response.add("Content-Type", BodyKind.text.contentType)
    response.body = Array("Moved: see the Location field.\n".utf8)
    return response
  }

  /// A fixed response of a route.
  ///
  /// - Parameter contentType: nil: none is told where there is no body, plain text where there is one.
  public static func fixed(status: UInt16, contentType: String?, body: [UInt8]) -> GeneratedResponse {
    var response = GeneratedResponse(status: status)
    response.body = body
    if let contentType {
      response.add("Content-Type", contentType.utf8.filter { $0 >= 0x20 && $0 != 0x7F })
    } else if !body.isEmpty {
      response.add("Content-Type", BodyKind.text.contentType)
    }
    return response
  }

  private static func percentEncodingControls(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in bytes {
      if (0x21...0x7E).contains(byte) {
        result.append(byte)
      } else {
        result.append(contentsOf: [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]])
      }
    }
    return result
  }

  /// Whether a response of this status has no body by definition (RFC 9110 sections 15.2, 15.3.5, 15.4.5).
  private var hasNoContent: Bool { status < 200 || status == 204 || status == 304 }

  /// Writes the response as HTTP/1.1.
  ///
  /// - Parameters:
  ///   - date: The value of Date (RFC 9110 section 5.6.7).
  ///   - isHead: The request was HEAD: all fields, Content-Length included, and no body.
  ///   - keepsAlive: The connection could go on; `closes` overrules it.
  public func write(
    into output: inout ByteBuffer, date: [UInt8], isHead: Bool, keepsAlive: Bool, version: HTTPVersion = .http11
  ) {
    var head: [UInt8] = []
    let room = fields.reduce(256) { $0 + $1.name.utf8CodeUnitCount + $1.value.count + 4 } + date.count
    head.append(addingCapacity: room) { bytes in
      bytes.write("HTTP/1.1 ")
      bytes.write(decimal: UInt64(status))
      bytes.write(" ")
      bytes.write(reasonPhrase(status))
      bytes.write("\r\nDate: ")
      bytes.write(date)
      for field in fields {
        bytes.write("\r\n")
        bytes.write(field.name)
        bytes.write(": ")
        bytes.write(field.value)
      }
      if !hasNoContent, !isTrailersOnly {
        bytes.write("\r\nContent-Length: ")
        bytes.write(decimal: UInt64(body.count))
      }
      if closes || !keepsAlive {
        bytes.write("\r\nConnection: close")
      } else if version == .http10 {
        bytes.write("\r\nConnection: keep-alive")
      }
      bytes.write("\r\n\r\n")
    }
    output.writeBytes(head)
    if !isHead, !hasNoContent { output.writeBytes(body) }
  }
}
