internal import Glibc

/// Packets with descriptors beside them, over a Unix socket (SCM_RIGHTS, `unix(7)`).
///
/// The C macros that walk control messages do not reach Swift, so their layout stands here: a length of eight bytes,
/// level and type of four each, then the data, everything aligned to eight. That is Linux' on 64 bits.
enum DescriptorPassing {
  private static let headerBytes = 16

  enum Received {
    case packet([UInt8], descriptors: [Int32])
    /// Longer than it may be, or with more descriptors than we take; those that came were closed.
    case truncated
    case end
    case failed(Int32)
  }

  /// - Returns: 0, or an errno.
  static func send(_ bytes: [UInt8], _ descriptors: [Int32], to socket: Int32) -> Int32 {
    var bytes = bytes
    let size = headerBytes + (descriptors.count * 4 + 7) / 8 * 8
    return withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { control in
      control.initializeMemory(as: UInt8.self, repeating: 0)
      control.storeBytes(of: UInt64(headerBytes + descriptors.count * 4), as: UInt64.self)
      control.storeBytes(of: SOL_SOCKET, toByteOffset: 8, as: Int32.self)
      control.storeBytes(of: Int32(SCM_RIGHTS), toByteOffset: 12, as: Int32.self)
      for (index, descriptor) in descriptors.enumerated() {
        control.storeBytes(of: descriptor, toByteOffset: headerBytes + index * 4, as: Int32.self)
      }
      return bytes.withUnsafeMutableBytes { data in
        var part = iovec(iov_base: data.baseAddress, iov_len: data.count)
        return withUnsafeMutablePointer(to: &part) { part in
          var message = msghdr()
          message.msg_iov = part
          message.msg_iovlen = 1
          if !descriptors.isEmpty {
            message.msg_control = control.baseAddress
            message.msg_controllen = size
          }
          while true {
            if sendmsg(socket, &message, Int32(MSG_NOSIGNAL)) >= 0 { return 0 }
            if errno != EINTR { return errno }
          }
        }
      }
    }
  }

  /// - Parameter bytesMax: of a packet. Descriptors are not inherited any further.
  static func receive(from socket: Int32, bytesMax: Int, descriptorsMax: Int) -> Received {
    var bytes = [UInt8](repeating: 0, count: bytesMax)
    let size = headerBytes + (descriptorsMax * 4 + 7) / 8 * 8
    return withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { control in
      var flags: Int32 = 0
      var controlLength = 0
      let count = bytes.withUnsafeMutableBytes { data -> Int in
        var part = iovec(iov_base: data.baseAddress, iov_len: data.count)
        return withUnsafeMutablePointer(to: &part) { part in
          var message = msghdr()
          message.msg_iov = part
          message.msg_iovlen = 1
          message.msg_control = control.baseAddress
          message.msg_controllen = size
          while true {
            let count = recvmsg(socket, &message, Int32(MSG_CMSG_CLOEXEC))
            if count < 0, errno == EINTR { continue }
            flags = message.msg_flags
            controlLength = Int(message.msg_controllen)
            return count
          }
        }
      }
      guard count >= 0 else { return .failed(errno) }
      let descriptors = rights(UnsafeRawBufferPointer(rebasing: control[..<min(controlLength, size)]))
      if flags & Int32(MSG_TRUNC | MSG_CTRUNC) != 0 {
        for descriptor in descriptors { close(descriptor) }
        return .truncated
      }
      // An empty packet is nothing that we send; it looks like the end and is treated as one.
      if count == 0 {
        for descriptor in descriptors { close(descriptor) }
        return .end
      }
      return .packet(Array(bytes[..<count]), descriptors: descriptors)
    }
  }

  /// The descriptors of all control messages that carry some.
  private static func rights(_ control: UnsafeRawBufferPointer) -> [Int32] {
    var descriptors: [Int32] = []
    var place = 0
    while control.count - place >= headerBytes {
      let length = Int(control.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      guard length >= headerBytes, length <= control.count - place else { break }
      let level = control.loadUnaligned(fromByteOffset: place + 8, as: Int32.self)
      let kind = control.loadUnaligned(fromByteOffset: place + 12, as: Int32.self)
      if level == SOL_SOCKET, kind == Int32(SCM_RIGHTS) {
        for offset in stride(from: headerBytes, to: length - 3, by: 4) {
          descriptors.append(control.loadUnaligned(fromByteOffset: place + offset, as: Int32.self))
        }
      }
      place += (length + 7) / 8 * 8
    }
    return descriptors
  }
}
