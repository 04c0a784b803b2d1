internal import SluiceConfiguration
internal import SluiceGateway

extension DirectTLS {
  enum Loaded: Sendable {
    case value(DirectTLS)
    /// A sentence that names the file.
    case absent(String)
  }

  /// Reads the files that the settings name, on a thread of its own.
  static func loaded(
    _ settings: UpstreamConfiguration, versions: ClosedRange<UpstreamTLSConfiguration.Version>? = nil
  ) async -> Loaded {
    await withCheckedContinuation { continuation in
      Blocking.run {
        do throws(CertificateFileError) {
          continuation.resume(returning: .value(try DirectTLS(settings, versions: versions)))
        } catch {
          continuation.resume(returning: .absent("TLS could not be set up: \(error.description)."))
        }
      }
    }
  }
}
