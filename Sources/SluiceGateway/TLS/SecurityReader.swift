internal import Logging
internal import NIOPosix
public import SluiceConfiguration

/// Reads the certificates that a configuration names for those who connect.
public enum SecurityReader {
  /// Adds what is wrong with files that the configuration names to its diagnostics, with their places. It blocks.
  public static func check(_ result: inout LoadResult) {
    guard let configuration = result.configuration else { return }
    var reader = CertificateReader(now: Clock.wallMilliseconds() / 1000)
    for case let tls? in configuration.listeners.map(\.tls) {
      _ = ListenerSecurity.read(tls, keeping: nil, workers: [], with: &reader)
    }
    if let tls = configuration.admin?.tls { _ = AdminSecurity.read(tls, keeping: nil, with: &reader) }
    for finding in reader.findings { result.add(finding.severity, finding.what, at: finding.position) }
  }

  /// The host names of the first certificate in a file, in lower case; it blocks.
  ///
  /// - Throws: `FileFinding`.
  public static func names(in file: FileReference) throws(FileFinding) -> [String] {
    try CertificateReader.names(in: file)
  }

  /// - Parameter old: contexts of listeners that stay are kept, so that sessions are resumed.
  /// - Throws: `CertificateError`.
  static func read(
    _ listeners: [ListenerConfiguration], keeping old: [ListenAddress: ListenerSecurity], workers: [WorkerHandle]
  ) async throws -> [ListenAddress: ListenerSecurity] {
    guard listeners.contains(where: { $0.tls != nil }) else { return [:] }
    // Files may be slow, and no loop and no shared thread waits for them.
    return try await NIOThreadPool.singleton.runIfActive {
      var reader = CertificateReader(now: Clock.wallMilliseconds() / 1000)
      var security: [ListenAddress: ListenerSecurity] = [:]
      for listener in listeners {
        guard let tls = listener.tls else { continue }
        security[listener.address] = ListenerSecurity.read(
          tls, keeping: old[listener.address], workers: workers, with: &reader)
      }
      guard reader.errors.isEmpty else { throw CertificateError(findings: reader.errors) }
      return security
    }
  }
}
