package import SluiceCore
internal import SluiceIncidents

/// What the commands of checks are made for: an incident, or an examination.
package struct CheckSubject {
  var place: EndpointPlace?
  /// Unix time in milliseconds.
  var time: Int64?
  /// Of the request, nil where there was none.
  var method: String?
  var path: String?
  var cause: Cause?
  var tls: TLSEvidence?
  /// The name that was looked up.
  var name: String?
  var timeouts: TimeoutsInForce?
  /// The gateway's program, as its process is called.
  var program = "sluice"

  init(_ facts: Facts) {
    place = facts.place
    time = facts.time
    method = facts.record.method
    path = facts.record.path
    cause = facts.cause
    tls = facts.evidence?.tls
    name = facts.evidence?.resolution?.name
    timeouts = facts.evidence?.timeouts
  }

  init(_ examination: Examination, cause: Cause?) {
    let address = examination.connections?.value?.first?.address
    place = EndpointPlace(endpoint: examination.target.endpoint, address: address)
    time = examination.time
    method = "GET"
    path = examination.target.path
    self.cause = cause
    tls = examination.handshake?.value?.tls
    name = examination.resolution?.value?.name
  }

  /// What the log of another proxy tells.
  ///
  /// - Parameters:
  ///   - endpoint: As in `10.0.0.5:3000`, `https://10.0.0.5` or `unix:/run/app.sock`; nil, or a name without a port, is
  ///     no place to look at.
  ///   - time: Unix time in milliseconds.
  ///   - program: The proxy's program, as its process is called: letters alone.
  package init(endpoint: String?, time: Int64?, method: String?, path: String?, cause: Cause?, program: String) {
    place = EndpointPlace(endpoint: endpoint, address: nil)
    self.time = time
    self.method = method
    self.path = path
    self.cause = cause
    self.program = program
  }
}
