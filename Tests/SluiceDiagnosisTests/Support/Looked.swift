import SluiceCore
import SluiceDiagnosis
import SluiceIncidents

/// An examination that a test changes where it matters: an endpoint of `api` on another machine that answers 200.
struct Looked {
  static let time: Int64 = 1_790_000_000_123
  static let address = "192.0.2.7:3000"

  var examination: Examination

  init(_ endpoint: String = "http://app.test:3000", upstream: String? = "api") {
    let isTLS = endpoint.hasPrefix("https")
    examination = Examination(
      time: Self.time,
      target: ExaminationTarget(
        endpoint: endpoint, upstream: upstream, isTLS: isTLS, host: "app.test", port: 3000, socketPath: nil, path: "/"))
    var resolution = ResolutionSeen(name: "app.test")
    resolution.addresses = ["192.0.2.7"]
    resolution.records = [AddressRecord(address: "192.0.2.7", timeToLive: 60)]
    resolution.responseCode = "NOERROR"
    resolution.resolvers = ["198.51.100.53:53"]
    examination.resolution = .value(resolution)
    var connection = ConnectionSeen(address: Self.address)
    connection.tookMs = 0.4
    connection.route = "dev eth0 via 192.0.2.1"
    examination.connections = .value([connection])
    var response = ResponseSeen(question: .configured, address: Self.address, method: "GET", path: "/")
    response.status = 200
    response.version = "HTTP/1.1"
    response.firstByteMs = 12
    response.tookMs = 13
    examination.responses = .value([response])
  }

  static func local() -> Looked {
    var looked = Looked("http://127.0.0.1:3000")
    looked.examination.resolution = nil
    looked.examination.target.host = "127.0.0.1"
    looked.changeConnection { $0.address = "127.0.0.1:3000" }
    looked.changeResponse { $0.address = "127.0.0.1:3000" }
    return looked
  }

  mutating func changeResolution(_ change: (inout ResolutionSeen) -> Void) {
    guard var seen = examination.resolution?.value else { return }
    change(&seen)
    examination.resolution = .value(seen)
  }

  mutating func changeConnection(_ change: (inout ConnectionSeen) -> Void) {
    guard var seen = examination.connections?.value else { return }
    change(&seen[0])
    examination.connections = .value(seen)
  }

  mutating func changeResponse(_ change: (inout ResponseSeen) -> Void) {
    guard var seen = examination.responses?.value else { return }
    change(&seen[0])
    examination.responses = .value(seen)
  }

  /// No address takes a connection.
  mutating func failConnection(_ cause: Cause, errno: String? = nil, after milliseconds: Double = 0.4) {
    changeConnection {
      $0.cause = cause.identifier
      $0.errno = errno
      $0.tookMs = milliseconds
    }
    examination.responses = nil
  }

  mutating func failResponse(_ cause: Cause, after milliseconds: Double = 4000) {
    changeResponse {
      $0.cause = cause.identifier
      $0.status = nil
      $0.firstByteMs = nil
      $0.tookMs = milliseconds
    }
  }

  mutating func add(
    _ question: ResponseSeen.Question, status: UInt16? = nil, cause: Cause? = nil, path: String = "/"
  ) {
    var seen = ResponseSeen(question: question, address: Self.address, method: "GET", path: path)
    seen.status = status
    seen.cause = cause?.identifier
    examination.responses = .value((examination.responses?.value ?? []) + [seen])
  }

  /// A handshake that ended so, with a certificate for `app.test`; nothing was asked.
  mutating func failHandshake(_ cause: Cause, _ change: (inout HandshakeSeen) -> Void = { _ in }) {
    var tls = TLSEvidence()
    tls.nameWanted = "app.test"
    tls.chain = [Self.certificate("app.test")]
    tls.faults = [cause.identifier]
    tls.trust = "/etc/ssl/certs/ca-certificates.crt"
    var seen = HandshakeSeen(tls: tls)
    seen.cause = cause.identifier
    seen.tookMs = 20
    change(&seen)
    examination.handshake = .value(seen)
    examination.responses = nil
  }

  static func certificate(_ name: String, issuer: String = "CN=Test CA", days: Int64 = 60) -> CertificateEvidence {
    CertificateEvidence(
      subject: "CN=\(name)", issuer: issuer, names: [name], notBefore: time - 30 * 86_400_000,
      notAfter: time + days * 86_400_000, serial: "01", fingerprint: name + issuer + "\(days)")
  }

  var diagnosis: Diagnosis { diagnose(examination) }
  var verdict: Verdict { diagnosis.verdict }
  var step: StepReport? { StepReport.of(.direct, in: examination) }
}
