internal import Glibc

/// One question to the kernel's socket diagnosis (`NETLINK_SOCK_DIAG`, see sock_diag(7)) and all of its answer.
///
/// Messages are built and read as bytes: their C headers are no part of the C library's module.
struct NetlinkDump {
  /// Bytes of one answer: some 80,000 sockets.
  static let bytesMax = 8 << 20
  /// The kernel answers at once; this is for one that does not, in milliseconds.
  static let waitMax: Int32 = 500

  private static let family: Int32 = 4
  private static let sockDiagByFamily: UInt16 = 20
  private static let requestAndDump: UInt16 = 0x301
  private static let error: UInt16 = 2
  private static let done: UInt16 = 3
  private static let headLength = 16

  /// Returns the payload of each message.
  static func ask(_ question: [UInt8]) -> Result<[ArraySlice<UInt8>], SystemFault> {
    let descriptor = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue), family)
    guard descriptor >= 0 else { return .failure(SystemFault(errno)) }
    defer { close(descriptor) }
    let message = request(question)
    guard send(descriptor, message, message.count, 0) == message.count else { return .failure(SystemFault(errno)) }
    var payloads: [ArraySlice<UInt8>] = []
    var total = 0
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while total < bytesMax {
      var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&wanted, 1, waitMax) == 1 else { return .failure(SystemFault(ETIMEDOUT)) }
      let count = recv(descriptor, &part, part.count, 0)
      guard count > 0 else { return .failure(SystemFault(count < 0 ? errno : EPIPE)) }
      total += count
      switch messages(Array(part[..<count])) {
      case .more(let more): payloads += more
      case .end(let more): return .success(payloads + more)
      case .failed(let number): return .failure(SystemFault(number))
      }
    }
    return .success(payloads)
  }

  static func request(_ question: [UInt8]) -> [UInt8] {
    var bytes = NetlinkBytes()
    bytes.append(UInt32(headLength + question.count))
    bytes.append(sockDiagByFamily)
    bytes.append(requestAndDump)
    bytes.append(UInt32(1))
    bytes.append(UInt32(0))
    return bytes.bytes + question
  }

  enum Part: Equatable {
    case more([ArraySlice<UInt8>])
    case end([ArraySlice<UInt8>])
    case failed(Int32)
  }

  /// The messages of one datagram.
  static func messages(_ bytes: [UInt8]) -> Part {
    var found: [ArraySlice<UInt8>] = []
    var offset = 0
    while offset + headLength <= bytes.count {
      let length = Int(bytes.number(UInt32.self, at: offset) ?? 0)
      guard length >= headLength, offset + length <= bytes.count else { break }
      let payload = bytes[(offset + headLength)..<(offset + length)]
      switch bytes.number(UInt16.self, at: offset + 4) ?? 0 {
      case done: return .end(found)
      case error: return .failed(-(bytes.number(Int32.self, at: offset + headLength) ?? -EPROTO))
      default: found.append(payload)
      }
      offset += (length + 3) & ~3
    }
    return .more(found)
  }
}
