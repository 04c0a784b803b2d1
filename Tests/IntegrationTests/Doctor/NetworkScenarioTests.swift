import Foundation
import SluiceIncidents
import SluiceLab
import Synchronization
import TestSupport
import Testing

extension Integration.Doctor {
  /// What lies between the gateway and the application: names, connections, TLS, protocols.
  @Suite(.timeLimit(.minutes(3))) struct NetworkScenarioTests {
    let patient: Patient
    let authority: CertificateAuthority
    let root: String

    init() throws {
      patient = try Patient()
      authority = try CertificateAuthority()
      root = try authority.writeRoot(into: patient.folder.path, name: "root")
    }

    /// An application that speaks TLS, from the system's openssl.
    private func secure(
      _ name: String, validity: CertificateValidity = .usual, authority other: CertificateAuthority? = nil
    ) async throws -> RunningProcess {
      let issued = try (other ?? authority).issue([.dns(name)], validity: validity)
      let files = try issued.write(into: patient.folder.path, name: "app-\(UInt32.random(in: 0 ... .max))")
      let process = try RunningProcess(
        [
          "openssl", "s_server", "-accept", "127.0.0.1:\(patient.port)", "-cert", files.certificate, "-cert_chain",
          files.certificate, "-key", files.key, "-www", "-quiet",
        ], in: patient.folder)
      try await process.listens(on: patient.port)
      return process
    }

    private var secureUpstream: String {
      """
        app:
          endpoints: ['https://127.0.0.1:\(patient.port)']
          tls: { trust: '\(root)', serverName: app.test }
      """
    }

    /// The verdict on an endpoint whose certificate is not as it should be, with nothing known from before.
    private func verdict(
      _ name: String = "app.test", validity: CertificateValidity = .usual, authority: CertificateAuthority? = nil
    ) async throws -> DoctorRun {
      let application = try await secure(name, validity: validity, authority: authority)
      try patient.configure(secureUpstream)
      let run = try await patient.examine()
      await application.stop()
      return run
    }

    @Test func certificateExpired() async throws {
      let run = try await verdict(validity: .past)
      #expect(run.status == 1 && run.verdict.cause == "tls_cert_expired", "\(run.told)")
    }

    @Test func certificateFine() async throws {
      let run = try await verdict()
      #expect(run.status == 0 && run.answer.healthy, "\(run.told)")
    }

    @Test(arguments: ["name", "authority"])
    func certificateRenewedBadly(_ what: String) async throws {
      let gateway = try await BuiltGateway.start(upstreams: secureUpstream, in: patient.folder)
      let before = try await secure("app.test")
      #expect(try await Visit(gateway.port).status == 200)
      await before.stop()
      let stranger = try CertificateAuthority(name: "Somebody Else", organisation: "Elsewhere")
      let after = try await secure(
        what == "name" ? "other.test" : "app.test", authority: what == "name" ? nil : stranger)
      #expect(try await Visit(gateway.port).status == 502)
      let run = try await patient.examine()
      let cause = what == "name" ? "tls_name_mismatch" : "tls_cert_untrusted"
      #expect([cause, "deploy_changed_certificate"].contains(run.verdict.cause), "\(run.told)")
      #expect(run.answer.candidates.contains { $0.cause == cause }, "\(run.told)")
      await after.stop()
      await gateway.stop()
    }

    @Test func httpsToAPlainPort() async throws {
      let application = try patient.start("fine")
      try await application.listens(on: patient.port)
      let run = try await DoctorRun(["https://127.0.0.1:\(patient.port)"], in: patient.folder)
      await application.stop()
      expect(run, "wrong_scheme", who: "configuration")
    }

    @Test func plainHTTPToATLSPort() async throws {
      let application = try await secure("app.test")
      let run = try await patient.examineAlone()
      await application.stop()
      expect(run, "wrong_scheme", who: "configuration")
    }

    @Test func onlyHTTP2() async throws {
      let application = try RunningProcess(
        ["nghttpd", "--no-tls", "-a", "127.0.0.1", "-d", patient.folder.path, "\(patient.port)"], in: patient.folder)
      try await application.listens(on: patient.port)
      let run = try await patient.examineAlone()
      await application.stop()
      expect(run, "wrong_protocol", who: "configuration")
    }

    @Test func nameGone() async throws {
      let names = try StubDNSServer { question in [question.response(rcode: 3)] }
      defer { names.stop() }
      try patient.configure(
        "  app: { endpoints: ['http://app.gone.test:\(patient.port)'] }",
        more: "resolver: { servers: ['127.0.0.1:\(names.port)'] }")
      let run = try await patient.examine()
      #expect(run.status == 1 && run.verdict.cause == "dns_nxdomain", "\(run.told)")
    }

    /// The name led to 127.0.0.3 while all was well; then an old address came back.
    @Test func nameLeadsToAnOldAddress() async throws {
      let leads = Leading(to: [127, 0, 0, 3])
      let names = try StubDNSServer { question in
        guard question.type == 1 else { return [question.response()] }
        return [question.response(answers: [.a(question.name, leads.address, ttl: 1)])]
      }
      defer { names.stop() }
      let application = try patient.start("fine", "--host", "127.0.0.3")
      let gateway = try await BuiltGateway.start(
        upstreams: "  app: { endpoints: ['http://app.test:\(patient.port)'] }",
        more: "resolver: { servers: ['127.0.0.1:\(names.port)'] }", in: patient.folder)
      let works = try await eventually(within: 20) { try await Visit(gateway.port).status == 200 }
      #expect(works)
      leads.address = [127, 0, 0, 2]
      let fails = try await eventually(within: 20) { try await Visit(gateway.port).status == 502 }
      #expect(fails)
      let run = try await patient.examine()
      await application.stop()
      await gateway.stop()
      expect(run, "name_moved", who: "configuration")
    }

    /// The pool keeps connections for 4 s, the application for less.
    @Test func keepAliveShorterThanThePools() async throws {
      let application = try patient.start("idle", "--after", "0.5")
      try await application.listens(on: patient.port)
      try patient.configure("  app: { endpoints: ['\(patient.url)'] }")
      let run = try await patient.examine()
      await application.stop()
      expect(run, "idle_timeout_mismatch", who: "configuration")
    }

    // MARK: A firewall, in a network of the test's own

    @Test(
      .enabled(if: getuid() == 0, "needs root, for a network namespace"),
      arguments: [("10.213.1.1", "firewall"), ("10.213.3.1", "packets_dropped")])
    func firewall(_ address: String, _ cause: String) async throws {
      let binary: URL = try #require(CommandRun.binary)
      // Two namespaces with a cable between them; the far one is a router that refuses, or drops.
      let program = """
        near=sluice-near-$$ far=sluice-far-$$
        trap 'ip netns del $near; ip netns del $far' EXIT
        ip netns add $near && ip netns add $far || exit 9
        ip -n $near link add near0 type veth peer name far0 netns $far
        ip -n $near addr add 10.212.0.2/24 dev near0; ip -n $far addr add 10.212.0.1/24 dev far0
        ip -n $near link set near0 up; ip -n $far link set far0 up
        ip -n $near route add default via 10.212.0.1
        ip netns exec $far sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'
        ip -n $far route add prohibit 10.213.1.0/24; ip -n $far route add blackhole 10.213.3.0/24
        ip netns exec $near "$@"
        """
      let run = try await ToolRun(
        ["sh", "-c", program, "sh", binary.path, "doctor", "--json", "http://\(address):3000"])
      let answer = try JSONDecoder().decode(DoctorRun.Answer.self, from: Data(run.output.utf8))
      #expect(run.status == 1 && answer.candidates.first?.cause == cause, "\(run.said)")
      #expect(answer.verdict.who == "network", "\(run.said)")
    }

    // MARK: How long it takes, and what it leaves behind

    @Test func aHealthyEndpointIsToldSoWithAHandfulOfRequests() async throws {
      let application = try patient.start("fine")
      try await application.listens(on: patient.port)
      let run = try await patient.examineAlone()
      await application.stop()
      #expect(run.status == 0 && run.answer.healthy, "\(run.told)")
      let requests = try String(contentsOfFile: patient.log, encoding: .utf8).split(separator: "\n").filter {
        $0.contains("HTTP/1.1\"")
      }
      #expect((1...5).contains(requests.count), "\(requests)")
      #expect(requests.allSatisfy { $0.contains("\"GET ") || $0.contains("\"HEAD ") || $0.contains("\"OPTIONS ") })
    }

    /// `make bench` measures the time; here nothing may hang.
    @Test func deadEndsEnd() async throws {
      let silent = try listenPort()
      let program = "import socket, time; s = socket.create_server(('127.0.0.1', \(silent))); time.sleep(60)"
      let mute = try RunningProcess(["python3", "-c", program], in: patient.folder)
      try await mute.listens(on: silent)
      let stalled = try await DoctorRun(["https://127.0.0.1:\(silent)"], in: patient.folder)
      #expect(stalled.status == 1 && stalled.seconds < 20, "\(stalled.told)")
      await mute.stop()
      let dead = try await DoctorRun(["http://no-such-name.invalid"], in: patient.folder)
      #expect(dead.status == 1 && dead.seconds < 20, "\(dead.told)")
    }
  }
}

/// Where a name leads, while a test changes it.
private final class Leading: Sendable {
  private let current: Mutex<[UInt8]>

  init(to address: [UInt8]) { current = Mutex(address) }

  var address: [UInt8] {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }
}
