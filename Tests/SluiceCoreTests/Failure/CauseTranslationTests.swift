import SluiceCore
import SluiceWire
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

@Suite("Faults are translated into causes once")
struct CauseTranslationTests {
  @Test("A broken rule in a request gets the status that the rule asks for", arguments: WireRule.allCases)
  func requestStatus(_ rule: WireRule) {
    let cause = Cause.of(rule: rule, in: .request)
    #expect(cause.status == rule.requestStatus)
    #expect(cause.owner == .client)
  }

  @Test("A broken rule in a response is a 502 with a type of RFC 9209", arguments: WireRule.allCases)
  func responseStatus(_ rule: WireRule) {
    let cause = Cause.of(rule: rule, in: .response)
    #expect(cause.status == 502)
    #expect(cause.proxyErrorType(rule: rule)?.recommendedStatus == 502)
  }

  @Test("Causes are as narrow as the rules allow")
  func narrowCauses() {
    #expect(Cause.of(rule: .hostMissing, in: .request) == .requestHostInvalid)
    #expect(Cause.of(rule: .pathEncodedSlash, in: .request) == .requestTargetRefused)
    #expect(Cause.of(rule: .contentLengthWithTransferEncoding, in: .request) == .requestFramingAmbiguous)
    #expect(Cause.of(rule: .contentLengthWithTransferEncoding, in: .response) == .badFraming)
    #expect(Cause.of(rule: .chunkSizeSyntax, in: .response) == .badChunk)
    #expect(Cause.of(rule: .fieldTooLarge, in: .response) == .headerTooLarge)
    #expect(Cause.of(rule: .headTooLarge, in: .response) == .headerSectionTooLarge)
    #expect(Cause.of(rule: .nul, in: .response) == .invalidHeader)
  }

  @Test("The broken rule narrows the error type")
  func narrowTypes() {
    #expect(Cause.badFraming.proxyErrorType(rule: .transferCodingUnknown) == .httpResponseTransferCoding)
    #expect(Cause.badFraming.proxyErrorType(rule: .contentLengthConflict) == .httpProtocolError)
    #expect(Cause.headerSectionTooLarge.proxyErrorType(rule: .trailerTooLarge) == .httpResponseTrailerSectionSize)
    #expect(Cause.headerSectionTooLarge.proxyErrorType(rule: nil) == .httpResponseHeaderSectionSize)
  }

  @Test("TLS where HTTP should be is its own cause on both sides", arguments: [Appearance.tlsAlert, .tlsRecord])
  func tlsBytes(_ appearance: Appearance) {
    #expect(Cause.of(appearance: appearance, in: .response) == .plaintextToTlsPort)
    #expect(Cause.of(appearance: appearance, in: .request) == .requestTlsOnPlaintextPort)
  }

  @Test("Other bytes are not HTTP", arguments: [Appearance.ssh, .redis, .htmlWithoutHead, .binary, .empty])
  func otherBytes(_ appearance: Appearance) {
    #expect(Cause.of(appearance: appearance, in: .response) == .notHttp)
    #expect(Cause.of(appearance: appearance, in: .request) == .requestNotHttp)
  }

  @Test(
    "A failed connect",
    arguments: [
      (ECONNREFUSED, Cause.connectRefused), (ECONNRESET, .connectReset), (EHOSTUNREACH, .hostUnreachable),
      (ENETUNREACH, .netUnreachable), (ETIMEDOUT, .connectTimeout), (EADDRNOTAVAIL, .localPortsExhausted),
      (EMFILE, .localFdsOrMemory), (ENFILE, .localFdsOrMemory), (ENOBUFS, .localFdsOrMemory), (EPERM, .ipProhibited),
      (EPROTO, .hostUnreachable), (0, .hostUnreachable),
    ] as [(Int32, Cause)])
  func connect(_ errno: Int32, _ cause: Cause) {
    #expect(Cause.fromSystemError(errno: errno, during: .connect) == cause)
  }

  @Test(
    "A failed connect to a Unix socket",
    arguments: [
      (ENOENT, Cause.unixSocketMissing), (ECONNREFUSED, .connectRefused), (EACCES, .unixSocketPermission),
      (EAGAIN, .backlogFull), (EMFILE, .localFdsOrMemory),
    ] as [(Int32, Cause)])
  func connectUnix(_ errno: Int32, _ cause: Cause) {
    #expect(Cause.fromSystemError(errno: errno, during: .connectUnix) == cause)
  }

  @Test("A connection lost while sending is judged by what it had done before")
  func writing() {
    func cause(_ errno: Int32, _ isReused: Bool, _ sent: UInt64) -> Cause {
      .fromSystemError(errno: errno, during: .write(isReused: isReused, bytesSent: sent))
    }
    #expect(cause(EPIPE, false, 0) == .connectReset)
    #expect(cause(EPIPE, false, 1) == .writeFailed)
    #expect(cause(ECONNRESET, true, 0) == .staleKeepalive)
    #expect(cause(ECONNRESET, true, 100) == .staleKeepalive)
    #expect(cause(ENOBUFS, false, 0) == .localFdsOrMemory)
    #expect(cause(ENOBUFS, true, 7) == .writeFailed)
  }

  @Test("A cause of class R0 never comes from a socket that took request bytes")
  func unsentMeansUnsent() {
    for errno in Int32(0)...133 {
      for isReused in [false, true] {
        let write = Cause.fromSystemError(errno: errno, during: .write(isReused: isReused, bytesSent: 1))
        let read = Cause.fromSystemError(errno: errno, during: .read(isReused: isReused, bytesReceived: 0))
        #expect(write.replayClass != .unsent)
        #expect(read.replayClass != .unsent)
      }
    }
  }

  @Test("A connection lost while waiting for the response is judged by what it had done before")
  func reading() {
    func cause(_ isReused: Bool, _ received: UInt64) -> Cause {
      .fromSystemError(errno: ECONNRESET, during: .read(isReused: isReused, bytesReceived: received))
    }
    #expect(cause(false, 0) == .resetBeforeResponse)
    #expect(cause(true, 0) == .staleKeepalive)
    #expect(cause(true, 1) == .truncatedHeaders)
  }

  @Test("A connection lost in the handshake")
  func handshake() {
    #expect(Cause.fromSystemError(errno: ECONNRESET, during: .handshake) == .tlsClosedInHandshake)
    #expect(Cause.fromSystemError(errno: ETIMEDOUT, during: .handshake) == .tlsHandshakeTimeout)
  }
}
