import SluiceCore
import SluiceDiagnosis
import SluiceIncidents
import Testing

@Suite struct NetworkConclusionsTests {
  @Test func anEndpointThatAnswersHasNothingWrong() {
    #expect(Looked().verdict.cause == "none")
    #expect(Looked().verdict.sure == .certain)
  }

  @Test func whatWasNotLookedAtConcludesNothing() {
    var looked = Looked()
    looked.examination.connections = .timedOut(milliseconds: 500)
    looked.examination.responses = nil
    looked.examination.resolution = .notRun("The resolver could not be started.")
    #expect(looked.verdict.cause == "unknown")
    #expect(looked.verdict.sure == .unknown)
    #expect(looked.diagnosis.candidates.isEmpty)
  }

  // MARK: Names

  @Test func aNameThatIsGone() {
    var looked = Looked()
    looked.changeResolution {
      $0.cause = "dns_nxdomain"
      $0.responseCode = "NXDOMAIN"
      $0.addresses = []
      $0.records = []
    }
    looked.examination.connections = nil
    looked.examination.responses = nil
    #expect(looked.verdict.cause == "dns_nxdomain")
    #expect(looked.verdict.sure == .likely)
    #expect(!looked.verdict.sentence.contains("before"))
    looked.changeResolution { $0.before = ["192.0.2.7"] }
    #expect(looked.verdict.sentence.contains("its record was taken away"))
  }

  @Test(arguments: [Cause.dnsServfail, .dnsRefused, .dnsTimeout])
  func aNameServerThatDoesNotSay(cause: Cause) {
    var looked = Looked()
    looked.changeResolution {
      $0.cause = cause.identifier
      $0.responseCode = nil
    }
    looked.examination.connections = nil
    looked.examination.responses = nil
    #expect(looked.verdict.cause == cause.identifier)
    #expect(looked.diagnosis.candidates[0].evidence.contains("Asked: 198.51.100.53:53."))
  }

  @Test func aNameThatMovedExplainsARefusal() {
    var looked = Looked()
    looked.failConnection(.connectRefused, errno: "ECONNREFUSED")
    #expect(looked.verdict.cause == "connect_refused")
    looked.changeResolution { $0.before = ["192.0.2.99"] }
    #expect(looked.verdict.cause == "name_moved")
    #expect(looked.verdict.sure == .likely)
    #expect(looked.verdict.sentence.contains("192.0.2.7"))
    #expect(looked.verdict.sentence.contains("192.0.2.99"))
  }

  @Test func aNameThatLeftAnAddressWhereTheApplicationStillListens() {
    var looked = Looked()
    looked.failConnection(.connectRefused, errno: "ECONNREFUSED")
    looked.changeResolution { $0.before = ["192.0.2.99"] }
    var listeners = ListenersSeen()
    listeners.samePort = [ListeningSocketSeen(address: "192.0.2.99:80")]
    looked.examination.listeners = .value(listeners)
    #expect(looked.verdict.cause == "name_moved" && looked.verdict.sure == .certain)
    // At an address that the name never had, the application is what is to be moved.
    listeners.samePort = [ListeningSocketSeen(address: "192.0.2.98:80")]
    looked.examination.listeners = .value(listeners)
    #expect(looked.verdict.cause == "listening_on_other_address")
  }

  @Test func aNameThatMovedToWhereItWorksExplainsNothing() {
    var looked = Looked()
    looked.changeResolution { $0.before = ["192.0.2.99"] }
    #expect(looked.verdict.cause == "none")
  }

  @Test func anAddressThatWasThereBeforeIsNoMove() {
    var looked = Looked()
    looked.failConnection(.connectRefused)
    looked.changeResolution { $0.before = ["192.0.2.7", "192.0.2.99"] }
    #expect(looked.verdict.cause == "connect_refused")
  }

  @Test func aHostsFileThatSpeaksAgainstDNS() {
    var looked = Looked()
    looked.failConnection(.connectTimeout, after: 2000)
    looked.changeResolution { $0.hostsFile = ["192.0.2.7"] }
    #expect(looked.verdict.cause == "packets_dropped")
    looked.changeResolution { $0.records = [AddressRecord(address: "192.0.2.8", timeToLive: 60)] }
    #expect(looked.verdict.cause == "name_moved")
    #expect(looked.verdict.sentence.contains("hosts file"))
  }

  // MARK: Connections

  @Test func aRefusalOnThisMachineIsTheApplications() {
    var looked = Looked.local()
    looked.failConnection(.connectRefused, errno: "ECONNREFUSED")
    #expect(looked.verdict.cause == "connect_refused")
    #expect(looked.verdict.who == "application")
    #expect(looked.verdict.sure == .likely)
  }

  @Test func aRefusalFromAfarMayBeAFirewalls() {
    var looked = Looked()
    looked.failConnection(.connectRefused, errno: "ECONNREFUSED")
    #expect(looked.verdict.sure == .possible)
    #expect(looked.diagnosis.candidates.contains { $0.cause == "firewall" })
  }

  @Test func silenceFromAfarIsNeverCertain() {
    var looked = Looked()
    looked.failConnection(.connectTimeout, after: 2000)
    #expect(looked.verdict.cause == "packets_dropped")
    #expect(looked.verdict.sure == .likely)
    #expect(looked.diagnosis.candidates.map(\.cause) == ["packets_dropped", "backlog_full"])
  }

  @Test func silenceOnThisMachineIsAFullQueue() {
    var looked = Looked.local()
    looked.failConnection(.connectTimeout, after: 2000)
    #expect(looked.verdict.who == "application")
    #expect(looked.diagnosis.candidates.map(\.cause).contains("backlog_full"))
    #expect(!looked.diagnosis.candidates.map(\.cause).contains("packets_dropped"))
  }

  @Test func anICMPThatOnlyFiltersSendIsAFirewall() {
    var looked = Looked()
    looked.failConnection(.hostUnreachable, errno: "EHOSTUNREACH")
    #expect(looked.verdict.cause == "host_unreachable")
    looked.changeConnection {
      $0.icmp = "administratively prohibited"
      $0.icmpFrom = "203.0.113.1"
    }
    #expect(looked.verdict.cause == "firewall")
    #expect(looked.verdict.sure == .certain)
    #expect(looked.verdict.sentence.contains("203.0.113.1"))
    looked.changeConnection { $0.icmp = "port unreachable" }
    #expect(looked.verdict.cause == "firewall")
    #expect(looked.verdict.sure == .likely)
    looked.changeConnection { $0.icmp = "host unreachable" }
    #expect(looked.verdict.cause == "host_unreachable")
  }

  @Test(arguments: ["blackhole", "prohibit", "unreachable"])
  func aRouteThatLeadsNowhere(kind: String) {
    var looked = Looked()
    looked.failConnection(.hostUnreachable, errno: "EINVAL")
    looked.changeConnection { $0.route = kind }
    #expect(looked.verdict.cause == "gateway_network")
    #expect(looked.verdict.sure == .certain)
  }

  @Test func aFirewallOfThisMachine() {
    var looked = Looked()
    looked.failConnection(.ipProhibited, errno: "EPERM")
    #expect(looked.verdict.cause == "firewall")
    #expect(looked.verdict.sure == .likely)
  }

  @Test func oneAddressThatFailsBesideOneThatServesIsNoConclusion() {
    var looked = Looked()
    var failed = ConnectionSeen(address: "[2001:db8::1]:3000")
    failed.cause = "net_unreachable"
    looked.examination.connections = .value([failed] + (looked.examination.connections?.value ?? []))
    #expect(looked.verdict.cause == "none")
    #expect(looked.step?.mark == .warning)
  }

  // MARK: Responses

  @Test func anApplicationThatNeverAnswers() {
    var looked = Looked()
    looked.failResponse(.responseHeaderTimeout)
    #expect(looked.verdict.cause == "application_hung")
    #expect(looked.verdict.sure == .likely)
    looked.add(.health, status: 200, path: "/healthz")
    #expect(looked.verdict.cause == "slow_application")
  }

  @Test func theSchemeIsWrongOnlyWhereTheOtherAnswers() {
    var looked = Looked()
    looked.failResponse(.closedBeforeResponse, after: 1)
    looked.add(.otherScheme, cause: .tlsToPlaintextPort)
    #expect(looked.verdict.cause == "closed_before_response")
    looked.examination.responses = .value([looked.examination.responses?.value?[0]].compactMap { $0 })
    looked.add(.otherScheme, status: 200)
    #expect(looked.verdict.cause == "wrong_scheme")
    #expect(looked.verdict.sure == .certain)
    #expect(looked.verdict.next.contains("https://"))
  }

  @Test func theOtherVersionOfHTTPIsWhatItSpeaks() {
    var looked = Looked()
    looked.failResponse(.notHttp, after: 1)
    looked.add(.otherProtocol, status: 204)
    #expect(looked.verdict.cause == "wrong_protocol")
    #expect(looked.verdict.sure == .certain)
  }

  @Test func aStatusOfTheApplicationsOwn() {
    var looked = Looked()
    looked.changeResponse { $0.status = 500 }
    #expect(looked.verdict.cause == "upstream_status")
    #expect(looked.verdict.who == "application")
    looked.changeResponse { $0.fields = [FieldSeen(name: "proxy-status", value: "edge; error=connection_refused")] }
    #expect(looked.verdict.cause == "dependency_failed")
    looked.changeResponse { $0.status = 404 }
    #expect(looked.verdict.cause == "none")
  }

  @Test func aCheckThatFailsBesideAnswers() {
    var looked = Looked()
    looked.add(.health, status: 404, path: "/healthz")
    #expect(looked.verdict.cause == "none")
    looked.examination.responses = .value(
      (looked.examination.responses?.value ?? []).map { seen in
        var seen = seen
        if seen.question == .health { seen.passesCheck = false }
        return seen
      })
    #expect(looked.verdict.cause == "upstream_status")
    #expect(looked.verdict.who == "configuration")
    #expect(looked.verdict.sentence.contains("/healthz"))
  }

  @Test func aLoopIsOneOnlyForAConfiguredEndpoint() {
    var looked = Looked()
    looked.changeResponse {
      $0.status = 502
      $0.isOurselves = true
    }
    #expect(looked.verdict.cause == "loop_detected")
    #expect(looked.verdict.sure == .certain)
    looked.examination.target.upstream = nil
    looked.changeResponse { $0.fields = [FieldSeen(name: "proxy-status", value: "gate; error=connection_refused")] }
    #expect(looked.verdict.cause == "dependency_failed")
    var listener = Looked()
    listener.changeConnection { $0.isOurListener = true }
    #expect(listener.verdict.cause == "loop_detected")
    #expect(listener.verdict.sure == .likely)
  }

  @Test func idleConnectionsThatAreClosedTooSoon() {
    var looked = Looked()
    var kept = KeepAliveSeen(watchedMs: 900, takesSecondRequest: true)
    kept.poolIdleMs = 4000
    looked.examination.keepAlive = .value(kept)
    #expect(looked.verdict.cause == "none")
    kept.closedAfterMs = 900
    looked.examination.keepAlive = .value(kept)
    #expect(looked.verdict.cause == "idle_timeout_mismatch")
    #expect(looked.verdict.sure == .likely)
    // The gateway obeys what is announced.
    kept.announcedMs = 800
    looked.examination.keepAlive = .value(kept)
    #expect(looked.verdict.cause == "none")
    // Of a URL that no gateway is configured for there is no pool.
    kept.announcedMs = nil
    looked.examination.keepAlive = .value(kept)
    looked.examination.target.upstream = nil
    #expect(looked.verdict.cause == "none")
    #expect(looked.step?.mark == .warning)
  }

  @Test func everyCauseThatALookCanSeeIsNamed() {
    for cause in Cause.allCases {
      var connection = Looked()
      connection.failConnection(cause)
      var response = Looked()
      response.failResponse(cause, after: 10)
      var handshake = Looked("https://app.test:3000")
      handshake.failHandshake(cause)
      for looked in [connection, response, handshake] {
        #expect(looked.verdict.cause != "none", "\(cause)")
        #expect(looked.verdict.sentence.count <= 221)
      }
    }
  }
}
