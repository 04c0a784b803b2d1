internal import Glibc

/// What was answered by ICMP in the place of an address, from the error queue of a socket (ip(7), IP_RECVERR).
///
/// Linux fills it for TCP connections under way since 5.8. Before that the errno alone tells, and nothing is claimed.
enum ErrorQueue {
  struct Message: Equatable {
    var text: String
    /// Who sent it.
    var from: String?
  }

  private static let receiveErrorsV4: Int32 = 11
  private static let receiveErrorsV6: Int32 = 25
  private static let levelV4: Int32 = 0
  private static let levelV6: Int32 = 41
  private static let errorQueue: Int32 = 0x2000
  private static let originV4: UInt8 = 2
  private static let originV6: UInt8 = 3

  static func enable(on descriptor: Int32, isIPv6: Bool) {
    var on: Int32 = 1
    let (level, option) = isIPv6 ? (levelV6, receiveErrorsV6) : (levelV4, receiveErrorsV4)
    setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  /// nil: nothing came by ICMP.
  static func read(_ descriptor: Int32) -> Message? {
    var control = [UInt8](repeating: 0, count: 512)
    var content = [UInt8](repeating: 0, count: 64)
    let length: Int? = control.withUnsafeMutableBytes { control in
      content.withUnsafeMutableBytes { content in
        var vector = iovec(iov_base: content.baseAddress, iov_len: content.count)
        return withUnsafeMutablePointer(to: &vector) { vector in
          var header = msghdr()
          header.msg_iov = vector
          header.msg_iovlen = 1
          header.msg_control = control.baseAddress
          header.msg_controllen = control.count
          return recvmsg(descriptor, &header, errorQueue | Int32(MSG_DONTWAIT)) < 0
            ? nil : Int(header.msg_controllen)
        }
      }
    }
    return length.flatMap { message(Array(control.prefix($0))) }
  }

  /// Finds the extended error among the control messages: each has its length (8 bytes), level and type (4 each) and
  /// its content, and ends at a multiple of eight.
  static func message(_ control: [UInt8]) -> Message? {
    control.withUnsafeBytes { raw -> Message? in
      var offset = 0
      while offset + 16 <= raw.count {
        let length = Int(clamping: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        guard length >= 16, offset + length <= raw.count else { return nil }
        let level = raw.loadUnaligned(fromByteOffset: offset + 8, as: Int32.self)
        let type = raw.loadUnaligned(fromByteOffset: offset + 12, as: Int32.self)
        let isError = level == levelV4 && type == receiveErrorsV4 || level == levelV6 && type == receiveErrorsV6
        // `sock_extended_err`: errno (4), origin, type, code, padding, info (4), data (4); then who sent it.
        if isError, length >= 32 {
          let error = offset + 16
          guard let text = text(origin: raw[error + 4], type: raw[error + 5], code: raw[error + 6]) else { return nil }
          return Message(text: text, from: SocketText.text(Array(raw[(error + 16)..<(offset + length)])))
        }
        offset += (length + 7) & ~7
      }
      return nil
    }
  }

  /// RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1 and RFC 4443 section 3.
  private static func text(origin: UInt8, type: UInt8, code: UInt8) -> String? {
    switch (origin, type, code) {
    case (originV4, 3, 0): "network unreachable"
    case (originV4, 3, 1): "host unreachable"
    case (originV4, 3, 2): "protocol unreachable"
    case (originV4, 3, 3): "port unreachable"
    case (originV4, 3, 9): "network administratively prohibited"
    case (originV4, 3, 10): "host administratively prohibited"
    case (originV4, 3, 13): "administratively prohibited"
    case (originV4, 11, _): "time to live exceeded"
    case (originV6, 1, 0): "no route to the destination"
    case (originV6, 1, 1): "administratively prohibited"
    case (originV6, 1, 3): "address unreachable"
    case (originV6, 1, 4): "port unreachable"
    case (originV6, 1, 5), (originV6, 1, 6): "rejected by policy or route"
    case (originV6, 3, _): "hop limit exceeded"
    case (originV4, _, _), (originV6, _, _): "ICMP type \(type), code \(code)"
    default: nil
    }
  }
}
