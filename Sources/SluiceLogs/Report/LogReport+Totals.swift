internal import SluiceCore

extension LogReport {
  /// Requests that failed for their client, and not by it.
  public var failed: Int { causes.filter { $0.who != Owner.client.identifier }.reduce(0) { $0 + $1.count - $1.saved } }

  public var hasFailures: Bool { !problems.isEmpty || failed > 0 }
}
