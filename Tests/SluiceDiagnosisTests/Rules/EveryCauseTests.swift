import SluiceCore
import SluiceDiagnosis
import SluiceIncidents
import Testing

@Suite("Every cause has a verdict")
struct EveryCauseTests {
  /// Who acts and how sure, with plain evidence of an endpoint on this machine that otherwise works. Written out, so that
  /// a rule that changes is seen.
  static let expected: [(Cause, Owner, Sureness)] = [
    (.routeNotFound, .configuration, .possible), (.methodNotAllowed, .client, .likely),
    (.poolEmpty, .configuration, .certain), (.allUnhealthy, .application, .likely), (.allDraining, .deploy, .certain),
    (.circuitOpen, .application, .possible), (.loopDetected, .configuration, .certain),
    (.dnsNxdomain, .network, .likely), (.dnsServfail, .network, .possible), (.dnsRefused, .network, .possible),
    (.dnsNoAddress, .network, .likely), (.dnsTimeout, .network, .possible), (.connectRefused, .application, .likely),
    (.connectReset, .application, .likely), (.hostUnreachable, .network, .likely), (.netUnreachable, .network, .likely),
    (.connectTimeout, .application, .likely), (.ipProhibited, .configuration, .certain),
    (.unixSocketMissing, .application, .likely), (.unixSocketPermission, .configuration, .certain),
    (.backlogFull, .application, .certain), (.localPortsExhausted, .machine, .certain),
    (.localFdsOrMemory, .machine, .certain), (.tlsHandshakeFailed, .application, .likely),
    (.tlsVersionMismatch, .configuration, .likely), (.tlsCipherMismatch, .configuration, .likely),
    (.tlsClosedInHandshake, .application, .likely), (.tlsAlert, .application, .likely),
    (.tlsClientCertificateWanted, .configuration, .likely), (.tlsCertExpired, .application, .likely),
    (.tlsCertNotYetValid, .application, .likely), (.tlsCertUntrusted, .configuration, .likely),
    (.tlsCertSelfSigned, .configuration, .likely), (.tlsCertIncompleteChain, .application, .likely),
    (.tlsNameMismatch, .configuration, .likely), (.tlsToPlaintextPort, .configuration, .likely),
    (.plaintextToTlsPort, .configuration, .likely), (.tlsHandshakeTimeout, .application, .possible),
    (.staleKeepalive, .configuration, .possible), (.closedBeforeResponse, .application, .likely),
    (.resetBeforeResponse, .application, .likely), (.writeFailed, .application, .likely),
    (.earlyFinalResponse, .application, .certain), (.writeTimeout, .application, .likely),
    (.responseHeaderTimeout, .application, .likely), (.requestDeadline, .application, .likely),
    (.bodyIdleTimeout, .application, .likely), (.truncatedHeaders, .application, .likely),
    (.truncatedBody, .application, .likely), (.notHttp, .application, .possible),
    (.invalidHeader, .application, .likely), (.headerSectionTooLarge, .application, .likely),
    (.headerTooLarge, .application, .likely), (.badFraming, .application, .likely), (.badChunk, .application, .likely),
    (.excessBody, .application, .likely), (.bodyTooLarge, .configuration, .certain),
    (.badContentCoding, .application, .likely), (.upgradeFailed, .application, .likely),
    (.unexpectedUpgrade, .application, .likely), (.upstreamStatus, .application, .certain),
    (.h2GoawayUnprocessed, .deploy, .possible), (.h2RefusedStream, .application, .likely),
    (.h2StreamReset, .application, .likely), (.h2ProtocolViolation, .application, .likely),
    (.h2PingTimeout, .application, .possible), (.poolQueueFull, .application, .possible),
    (.poolQueueTimeout, .application, .possible), (.adaptiveLimitShed, .application, .possible),
    (.admissionShed, .application, .possible), (.rateLimited, .client, .certain), (.proxyDraining, .gateway, .certain),
    (.clientAborted, .client, .likely), (.clientBodyTimeout, .client, .likely), (.clientMalformed, .client, .certain),
    (.requestHeadTimeout, .client, .likely), (.requestLineMalformed, .client, .certain),
    (.requestTargetRefused, .client, .certain), (.requestHostInvalid, .client, .certain),
    (.requestFieldInvalid, .client, .certain), (.requestFramingAmbiguous, .client, .certain),
    (.requestChunkInvalid, .client, .certain), (.requestNotHttp, .client, .certain),
    (.requestTlsOnPlaintextPort, .client, .certain), (.requestPlaintextOnTlsPort, .client, .certain),
    (.requestBodyTooLarge, .client, .likely), (.requestLineTooLong, .client, .likely),
    (.requestExpectationFailed, .client, .certain), (.requestHeadTooLarge, .client, .likely),
    (.requestCodingUnsupported, .client, .certain), (.requestVersionUnsupported, .client, .certain),
    (.proxyBug, .gateway, .certain),
  ]

  @Test("with plain evidence", arguments: expected)
  func plain(_ cause: Cause, _ who: Owner, _ sure: Sureness) throws {
    let verdict = try Sample(cause).verdict
    #expect(verdict.cause == cause.identifier)
    #expect(verdict.who == who.identifier)
    #expect(verdict.sure == sure)
  }

  @Test("the table names every cause once")
  func complete() {
    #expect(Self.expected.map(\.0) == Cause.allCases)
  }

  /// What the gateway itself did or counted, or read from the kernel or the wire, needs nobody's witness.
  static let certainAlone: Set<Cause> = [
    .poolEmpty, .allDraining, .loopDetected, .ipProhibited, .unixSocketPermission, .backlogFull, .localPortsExhausted,
    .localFdsOrMemory, .earlyFinalResponse, .upstreamStatus, .rateLimited, .proxyDraining, .clientMalformed,
    .requestLineMalformed, .requestTargetRefused, .requestHostInvalid, .requestFieldInvalid, .requestFramingAmbiguous,
    .requestChunkInvalid, .requestNotHttp, .requestTlsOnPlaintextPort, .requestPlaintextOnTlsPort,
    .requestExpectationFailed, .requestCodingUnsupported, .requestVersionUnsupported, .proxyBug,
  ]

  @Test("nothing is certain without evidence that needs some", arguments: Cause.allCases)
  func withoutEvidence(_ cause: Cause) throws {
    let verdict = try Sample(cause, withEvidence: false).verdict
    #expect((verdict.sure == .certain) == Self.certainAlone.contains(cause))
    #expect(verdict.cause == cause.identifier)
  }

  @Test("a bare record is enough for a verdict", arguments: Cause.allCases)
  func bareRecord(_ cause: Cause) throws {
    var sample = try Sample(cause, withEvidence: false)
    sample.incident.record.attempts = nil
    sample.incident.record.upstream = nil
    sample.incident.record.method = nil
    sample.incident.record.path = nil
    sample.incident.record.client = nil
    sample.incident.record.id = "?"
    let diagnosis = diagnose(sample.incident)
    #expect(diagnosis.verdict.cause == cause.identifier)
    #expect(!diagnosis.verdict.sentence.contains("the the"))
    #expect(!diagnosis.verdict.sentence.contains("nil"))
  }

  @Test("the form holds for every cause, alone and with all evidence", arguments: Cause.allCases, Surroundings.allCases)
  func form(_ cause: Cause, _ surroundings: Surroundings) throws {
    let diagnosis = try surroundings.sample(cause).diagnosis
    let verdict = diagnosis.verdict
    #expect(verdict.sentence.contains("(\(cause.identifier))."))
    #expect(diagnosis.candidates.first?.cause == verdict.cause)
    #expect(diagnosis.candidates.first?.who == verdict.who)
    #expect(diagnosis.candidates.first?.sure == verdict.sure)
    #expect(Set(diagnosis.candidates.map { $0.cause + " " + $0.who }).count == diagnosis.candidates.count)
    #expect(diagnosis.candidates.count <= 6)
    #expect(Owner.allCases.contains { $0.identifier == verdict.who })
    #expect(verdict.next.hasSuffix(".") || verdict.next.hasSuffix("…"))
    let names = Set(Cause.allCases.map(\.identifier) + RootCause.allCases.map(\.identifier))
    for candidate in diagnosis.candidates {
      #expect(names.contains(candidate.cause))
      // One that is as sure as a certain verdict would make it uncertain.
      #expect(verdict.sure != .certain || candidate == diagnosis.candidates.first || candidate.sure != .certain)
    }
    if verdict.who == Owner.unknown.identifier {
      #expect(verdict.sure == .unknown)
      #expect(diagnosis.candidates.count >= 3)
      #expect(diagnosis.candidates.allSatisfy { $0.sure == .unknown || $0.sure == .possible })
    }
    for text in diagnosis.texts where !diagnosis.checks.contains(where: { $0.command == text }) {
      #expect(text.count <= 220)
    }
    let turning: Set<UInt32> = [0x202E, 0x200B, 0x85, 0x9B]
    for text in diagnosis.texts {
      #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F && !turning.contains($0.value) })
    }
  }

  @Test("a cause of a newer version is answered honestly")
  func unknownCause() throws {
    var sample = try Sample("quic_lost")
    sample.incident.record.who = "network"
    let diagnosis = sample.diagnosis
    #expect(diagnosis.verdict.sure == .unknown)
    #expect(diagnosis.verdict.cause == "quic_lost")
    #expect(diagnosis.verdict.who == "network")
    #expect(diagnosis.verdict.sentence.contains("quic_lost"))
    sample.incident.record.who = "the moon"
    #expect(sample.verdict.who == "unknown")
    sample.incident.record.cause = nil
    sample.attempts = []
    #expect(sample.verdict.cause == "unknown")
    #expect(sample.verdict.sure == .unknown)
  }
}
