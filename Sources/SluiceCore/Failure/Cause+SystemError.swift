#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// What was asked of the kernel when it failed.
public enum SystemCall: Hashable, Sendable {
  /// To an IP address.
  case connect
  /// To a Unix socket.
  case connectUnix
  /// Inside a TLS handshake, either direction.
  case handshake
  /// Of request bytes, `bytesSent` of which the kernel took before.
  case write(isReused: Bool, bytesSent: UInt64)
  /// For a response of which `bytesReceived` have come.
  case read(isReused: Bool, bytesReceived: UInt64)
}

extension Cause {
  /// Translates the errno of a failed system call on an upstream's socket, once, at the edge.
  ///
  /// An errno that no line names becomes the widest cause of its call; the record keeps the number. Once request bytes
  /// were sent, a lack of local memory counts as a failed write: what replay needs to know is that bytes have left.
  public static func fromSystemError(errno: Int32, during call: SystemCall) -> Cause {
    switch call {
    case .connect: ofConnect(errno)
    case .connectUnix: ofConnectUnix(errno)
    case .handshake: ofHandshake(errno)
    case .write(let isReused, let bytesSent): ofWrite(errno, isReused, bytesSent)
    case .read(let isReused, let bytesReceived): ofRead(isReused, bytesReceived)
    }
  }

  private static func ofConnect(_ errno: Int32) -> Cause {
    switch errno {
    case ECONNREFUSED: .connectRefused
    case ECONNRESET, ECONNABORTED, EPIPE: .connectReset
    case ENETUNREACH, ENETDOWN, EAFNOSUPPORT: .netUnreachable
    case ETIMEDOUT: .connectTimeout
    // A local firewall rule or a broadcast address: this machine forbids the address.
    case EACCES, EPERM: .ipProhibited
    // EAGAIN is what a full range of local ports gave in older kernels.
    case EADDRNOTAVAIL, EADDRINUSE, EAGAIN: .localPortsExhausted
    case EMFILE, ENFILE, ENOBUFS, ENOMEM: .localFdsOrMemory
    // ICMP has more ways to say it (EHOSTDOWN, ENONET, EPROTO, ENOPROTOOPT); all mean that the host was not reached.
    default: .hostUnreachable
    }
  }

  private static func ofConnectUnix(_ errno: Int32) -> Cause {
    switch errno {
    case ENOENT, ENOTDIR, ENOTSOCK, EPROTOTYPE, ENAMETOOLONG, ELOOP: .unixSocketMissing
    case EACCES, EPERM: .unixSocketPermission
    case EAGAIN: .backlogFull
    case EMFILE, ENFILE, ENOBUFS, ENOMEM: .localFdsOrMemory
    case ECONNRESET, ECONNABORTED, EPIPE: .connectReset
    case ETIMEDOUT: .connectTimeout
    // The file is there and nobody listens.
    default: .connectRefused
    }
  }

  private static func ofHandshake(_ errno: Int32) -> Cause {
    switch errno {
    case ETIMEDOUT: .tlsHandshakeTimeout
    case ENOBUFS, ENOMEM: .localFdsOrMemory
    default: .tlsClosedInHandshake
    }
  }

  private static func ofWrite(_ errno: Int32, _ isReused: Bool, _ bytesSent: UInt64) -> Cause {
    switch errno {
    case ENOBUFS, ENOMEM: bytesSent == 0 ? .localFdsOrMemory : .writeFailed
    case _ where isReused: .staleKeepalive
    // The first write took nothing, so the connection was lost before the request began.
    case _ where bytesSent == 0: .connectReset
    default: .writeFailed
    }
  }

  private static func ofRead(_ isReused: Bool, _ bytesReceived: UInt64) -> Cause {
    if bytesReceived > 0 { return .truncatedHeaders }
    return isReused ? .staleKeepalive : .resetBeforeResponse
  }
}
