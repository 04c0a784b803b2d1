internal import Glibc
internal import SluiceCore

/// The way that packets to an address take, asked of the kernel (rtnetlink(7), RTM_GETROUTE) rather than read from
/// tables: only the kernel knows the rules, tables and caches that decide.
enum RouteQuestion {
  private static let request: UInt16 = 26
  private static let answer: UInt16 = 24
  private static let error: UInt16 = 2
  private static let familyNetlink: Int32 = 16

  /// As in `dev eth0 via 10.0.0.1`, `dev lo`, or `blackhole`; nil where the kernel does not say.
  static func route(to address: EndpointAddress) -> String? {
    let kind = Int32(SOCK_RAW.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(familyNetlink, kind, 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    // The kernel answers at once; this is for one that does not.
    var wait = timeval(tv_sec: 0, tv_usec: 200_000)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &wait, socklen_t(MemoryLayout<timeval>.size))
    let question = message(asking: address)
    guard !question.isEmpty, send(descriptor, question, question.count, 0) == question.count else { return nil }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = recv(descriptor, &bytes, bytes.count, 0)
    return count > 0 ? text(Array(bytes.prefix(count))) : nil
  }

  /// `nlmsghdr` (16 bytes), `rtmsg` (12) and the destination as an attribute.
  static func message(asking address: EndpointAddress) -> [UInt8] {
    var octets: [UInt8] = []
    switch address.family {
    case .v4: octets = (0..<4).map { UInt8(truncatingIfNeeded: address.high >> (56 - 8 * UInt64($0))) }
    case .v6:
      octets = [address.high, address.low].flatMap { half in
        (0..<8).map { UInt8(truncatingIfNeeded: half >> (56 - 8 * UInt64($0))) }
      }
    case .none, .unix: return []
    }
    let total = 16 + 12 + 4 + octets.count
    var bytes: [UInt8] = []
    append(UInt32(total), to: &bytes)
    append(request, to: &bytes)
    append(UInt16(1), to: &bytes)
    append(UInt32(1), to: &bytes)
    append(UInt32(0), to: &bytes)
    let family = UInt8(address.family == .v4 ? AF_INET : AF_INET6)
    bytes += [family, UInt8(8 * octets.count), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    append(UInt16(4 + octets.count), to: &bytes)
    append(UInt16(1), to: &bytes)
    return bytes + octets
  }

  private static func append<Number: FixedWidthInteger>(_ number: Number, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number) { bytes += $0 }
  }

  /// What an answer says.
  static func text(_ bytes: [UInt8]) -> String? {
    bytes.withUnsafeBytes { raw -> String? in
      guard raw.count >= 20 else { return nil }
      switch raw.loadUnaligned(fromByteOffset: 4, as: UInt16.self) {
      case error: return refusal(-raw.loadUnaligned(fromByteOffset: 16, as: Int32.self))
      case answer: return way(raw)
      default: return nil
      }
    }
  }

  /// Of the routes that lead nowhere by configuration.
  private static func refusal(_ code: Int32) -> String? {
    switch code {
    case EINVAL: "blackhole"
    case EHOSTUNREACH: "unreachable"
    case EACCES: "prohibit"
    case ENETUNREACH: "none"
    default: nil
    }
  }

  private static func way(_ raw: UnsafeRawBufferPointer) -> String? {
    guard raw.count >= 28 else { return nil }
    let family = Int32(raw[16])
    var (device, gateway): (String?, String?)
    var offset = 28
    while offset + 4 <= raw.count {
      let length = Int(raw.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
      guard length >= 4, offset + length <= raw.count else { break }
      let content = Array(raw[(offset + 4)..<(offset + length)])
      switch raw.loadUnaligned(fromByteOffset: offset + 2, as: UInt16.self) {
      case 4: device = deviceName(content)
      case 5: gateway = address(content, family)
      default: break
      }
      offset += (length + 3) & ~3
    }
    return device.map { "dev \($0)" + (gateway.map { " via \($0)" } ?? "") }
  }

  private static func deviceName(_ bytes: [UInt8]) -> String? {
    guard bytes.count == 4 else { return nil }
    let index = bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt32.self) }
    var name = [CChar](repeating: 0, count: Int(IF_NAMESIZE))
    guard if_indextoname(index, &name) != nil else { return "\(index)" }
    return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  private static func address(_ bytes: [UInt8], _ family: Int32) -> String? {
    let socketAddress: [UInt8] =
      family == AF_INET6 ? [UInt8(AF_INET6), 0, 0, 0, 0, 0, 0, 0] + bytes : [UInt8(AF_INET), 0, 0, 0] + bytes
    return SocketText.text(socketAddress)
  }
}
