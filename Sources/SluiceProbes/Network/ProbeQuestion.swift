internal import SluiceCore
internal import SluiceIncidents

/// One request of ours. The method is always GET: whatever an endpoint does at it, it must do at any time.
struct ProbeQuestion: Sendable {
  static let method = "GET"

  var kind: ResponseSeen.Question
  var address: String
  /// As it is sent.
  var path: String
  var host: String
  var isSecure: Bool
  /// The gateway's mark: it is sent in Via, so that a gateway that the endpoint leads back to says so at once.
  var installation: String?
  /// Bytes of a head that the gateway takes.
  var headMax = 64 << 10
  var secrets = SecretFields()

  /// Name and value, the host left out.
  var fields: [(String, String)] {
    var fields = [("user-agent", "sluice-doctor"), ("accept", "*/*")]
    if let installation { fields.append(("via", "1.1 \(installation)")) }
    return fields
  }

  /// What will be said of the answer.
  var blank: ResponseSeen {
    ResponseSeen(question: kind, address: address, method: Self.method, path: ProbeTarget.withoutValues(path))
  }
}

/// What came of one request.
struct ProbeAnswer: Sendable {
  var seen: ResponseSeen
  /// What `Keep-Alive: timeout` says.
  var announcedMs: Double?
  /// Whether the connection can take another request.
  var isReusable = false
}

/// How a connection ended, as far as a reader of responses cares.
enum ProbeEnd: Sendable {
  case closed
  case reset
  /// TLS says why.
  case explained(Cause)
}
