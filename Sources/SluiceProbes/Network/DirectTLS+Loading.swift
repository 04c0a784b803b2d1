internal import SluiceConfiguration
internal import SluiceGateway
internal import Synchronization

extension DirectTLS {
  enum Loaded: Sendable {
    case value(DirectTLS)
    /// A sentence that names the file.
    case absent(String)
  }

  /// How long the files that the settings name may take.
  static let loadingLimit = Duration.milliseconds(3000)

  /// Reads the files that the settings name, on a thread of its own.
  static func loaded(
    _ settings: UpstreamConfiguration, versions: ClosedRange<UpstreamTLSConfiguration.Version>? = nil
  ) async -> Loaded {
    await withCheckedContinuation { continuation in
      let pending = Mutex<CheckedContinuation<Loaded, Never>?>(continuation)
      let end: @Sendable (Loaded) -> Void = { loaded in
        pending.withLock { pending in
          defer { pending = nil }
          return pending
        }?.resume(returning: loaded)
      }
      Blocking.run {
        do throws(CertificateFileError) {
          end(.value(try DirectTLS(settings, versions: versions)))
        } catch {
          end(.absent("TLS could not be set up: \(error.description)."))
        }
      }
      Task {
        try? await Task.sleep(for: loadingLimit)
        end(.absent("TLS could not be set up: the files of certificates were not read within 3 s."))
      }
    }
  }
}
