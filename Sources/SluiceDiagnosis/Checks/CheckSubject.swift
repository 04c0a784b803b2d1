internal import SluiceCore
internal import SluiceIncidents

/// What the commands of checks are made for: an incident, or an examination.
struct CheckSubject {
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
}
