import SluiceCore
import SluiceDiagnosis
import SluiceIncidents
import Testing

@Suite("Endpoints that are not reached are told apart")
struct UnreachedTests {
  private static let other = "http://127.0.0.1:3001"

  private func elsewhere(_ cause: Cause) throws -> Sample {
    var sample = try Sample(cause)
    sample.isAt("http://10.0.0.5:3000", address: "10.0.0.5:3000")
    return sample
  }

  @Test("a process that stopped, and one that never ran there")
  func refused() throws {
    var sample = try Sample(.connectRefused)
    sample.own(Sample.condition(Sample.endpoint, success: 12_000, failures: 1))
    #expect(sample.verdict.sure == .likely)
    #expect(sample.verdict.sentence.contains("12 s before"))
    #expect(!sample.diagnosis.has(.wrongPort))
    sample.own(Sample.condition(Sample.endpoint, failures: 1))
    #expect(sample.verdict.sure == .possible)
    #expect(sample.diagnosis.has(.wrongPort, .possible))
  }

  @Test("one endpoint of several, and all of them")
  func oneOrAll() throws {
    var sample = try Sample(.connectRefused)
    let own = Sample.condition(Sample.endpoint, success: 12_000, failures: 4)
    sample.own(own, Sample.condition(Self.other, success: 100))
    #expect(sample.verdict.cause == "connect_refused")
    #expect(sample.verdict.sentence.contains("other endpoints work"))
    sample.own(own, Sample.condition(Self.other, success: 12_000, failure: 300, cause: .connectRefused, failures: 5))
    #expect(sample.verdict.cause == "upstream_down")
    #expect(sample.verdict.sentence.contains("2 endpoints"))
    #expect(sample.verdict.sentence.contains("(connect_refused)"))
    sample.own(own, Sample.condition(Self.other, success: 500, failure: 300, cause: .upstreamStatus, failures: 1))
    #expect(sample.verdict.cause == "connect_refused")
  }

  @Test("a connect timeout on this machine is a full accept queue")
  func localTimeout() throws {
    let diagnosis = try Sample(.connectTimeout).diagnosis
    #expect(diagnosis.verdict.who == "application")
    #expect(diagnosis.has(.backlogFull, .application))
    #expect(diagnosis.checks.contains { $0.command?.contains("TcpExtListenOverflows") == true })
  }

  @Test("a connect timeout elsewhere is not decided, unless something around it does")
  func remoteTimeout() throws {
    var sample = try elsewhere(.connectTimeout)
    #expect(sample.verdict.sure == .unknown)
    #expect(sample.diagnosis.has(.backlogFull, .application))
    #expect(sample.diagnosis.has(.packetsDropped, .possible))
    sample.own(Sample.condition("http://10.0.0.5:3000", failures: 1))
    #expect(sample.verdict.who == "network")
    #expect(sample.verdict.sure == .likely)
    sample.neighbours = [Sample.problem(.connectTimeout, upstream: "other", endpoint: "http://10.0.0.9:80")]
    #expect(sample.verdict.cause == "gateway_network")
    #expect(sample.verdict.sentence.contains("(connect_timeout)"))
  }

  @Test("no route to one upstream, and to several")
  func unreachable() throws {
    var sample = try elsewhere(.hostUnreachable)
    #expect(sample.verdict.cause == "host_unreachable")
    sample.neighbours = [Sample.problem(.hostUnreachable, upstream: "other", endpoint: "http://10.0.0.9:80")]
    #expect(sample.verdict.cause == "gateway_network")
  }

  @Test("a name that vanished, and one that was never there")
  func names() throws {
    var sample = try Sample(.dnsNxdomain)
    sample.isAt("http://api.internal:3000", address: nil)
    sample.incident.evidence?.resolution = ResolutionEvidence(
      name: "api.internal", addresses: [], responseCode: "NXDOMAIN")
    #expect(sample.verdict.who == "network")
    #expect(sample.verdict.sentence.contains("resolved before"))
    sample.own(Sample.condition("http://api.internal:3000", failures: 1))
    #expect(sample.verdict.who == "configuration")
    #expect(sample.diagnosis.has(.wrongName))
  }

  @Test(
    "another protocol on the port: which program it is",
    arguments: [
      ("ssh", "SSH"), ("smtp", "mail"), ("mysql", "MySQL"), ("redis", "Redis"), ("postgres", "PostgreSQL"),
      ("fastcgi", "FastCGI"),
    ])
  func wrongPort(_ appearance: String, _ program: String) throws {
    var sample = try Sample(.notHttp)
    sample.own(Sample.condition(Sample.endpoint, failures: 3))
    sample.saw("SSH-2.0-OpenSSH_9.2p1", appearance)
    #expect(sample.verdict.who == "configuration")
    #expect(sample.verdict.sure == .likely)
    #expect(sample.verdict.sentence.contains(program))
    #expect(sample.diagnosis.has(.wrongPort, .likely))
    sample.own(Sample.condition(Sample.endpoint, success: 30, failures: 1))
    #expect(sample.verdict.sure == .possible)
  }

  @Test("another scheme on the port", arguments: ["tls_record", "tls_alert", "plain_http_to_tls_port", "http2_frames"])
  func wrongScheme(_ appearance: String) throws {
    var sample = try Sample(.notHttp)
    sample.saw("\\x16\\x03\\x03", appearance)
    #expect(sample.verdict.who == "configuration")
    #expect(sample.diagnosis.has(.wrongScheme, .likely))
    #expect(sample.diagnosis.checks.contains { $0.command?.contains("https://127.0.0.1:3000") == true })
  }

  @Test("TLS on a plain port, proven by the bytes")
  func tlsPort() throws {
    var sample = try Sample(.plaintextToTlsPort)
    #expect(sample.verdict.sure == .likely)
    sample.saw("HTTP/1.1 400 Bad Request", "plain_http_to_tls_port")
    #expect(sample.verdict.sure == .certain)
    #expect(sample.verdict.next.contains("https://"))
  }

  @Test("a stack trace is the application's", arguments: ["stack_trace", "html_without_head", "json_without_head"])
  func headless(_ appearance: String) throws {
    var sample = try Sample(.notHttp)
    sample.saw("Traceback (most recent call last):", appearance)
    #expect(sample.verdict.who == "application")
    #expect(sample.verdict.sentence.contains("\"Traceback"))
    #expect(sample.diagnosis.has(.responseBug, .likely))
  }

  @Test("bytes of no known protocol are not decided, with both explanations")
  func unknownBytes() throws {
    var sample = try Sample(.notHttp)
    sample.own(Sample.condition(Sample.endpoint, failures: 1))
    sample.saw("\\x07\\x08", "binary")
    #expect(sample.verdict.sure == .unknown)
    #expect(sample.verdict.who == "unknown")
    #expect(sample.diagnosis.has(.wrongPort, .possible))
    #expect(sample.diagnosis.has(.responseBug, .possible))
  }
}
