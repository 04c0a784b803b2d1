internal import SluiceCore

extension ConfigurationBuilder {
  /// nil where a required key is missing, which was told.
  mutating func buildTLS(_ draft: Located<ListenerTLSDraft>) -> ListenerTLSConfiguration? {
    let certificates = (draft.value.certificates ?? []).compactMap { buildCertificate($0) }
    let clients = draft.value.clientCertificates.flatMap { draft -> ClientCertificateConfiguration? in
      guard let mode = draft.value.mode, let trust = draft.value.trust else { return nil }
      return ClientCertificateConfiguration(mode: mode, trust: trust, forwards: draft.value.forwards)
    }
    guard !certificates.isEmpty else { return nil }
    return ListenerTLSConfiguration(
      certificates: certificates, clientCertificates: clients, minimumVersion: draft.value.minimumVersion)
  }

  private func buildCertificate(_ draft: Located<ConfiguredCertificateDraft>) -> ConfiguredCertificate? {
    guard let certificate = draft.value.certificate, let key = draft.value.key else { return nil }
    return ConfiguredCertificate(certificate: certificate, key: key)
  }
}
