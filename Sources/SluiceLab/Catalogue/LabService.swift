/// What the lab puts behind a scenario's address.
enum LabService: Sendable {
  /// Steps for each request.
  case answers(@Sendable (LabRequest) -> [Step])
  /// Steps for each request over HTTP/2, which send whole frames.
  case frames(@Sendable (LabRequest) -> [Step])
  /// Steps at accept, before anything is read.
  case greets([Step])
  /// The same behind TLS.
  indirect case secure(LabTLS, LabService)
  /// A port that is taken and on which nobody listens.
  case refuses
  /// A socket whose accept queue is full, and that is never accepted from.
  case overflows
  /// A socket that is listened on and never accepted from: a process that is stuck.
  case stuck
  /// A Unix socket that is not there.
  case missing
  /// A Unix socket that nobody may write to. The kernel lets the superuser through all the same.
  case forbidden
  /// Nothing of ours: an address of the system.
  case nothing
}
