internal import SluiceIncidents

extension MetricFamily {
  /// When certificates end. Days left: `(METRIC - time()) / 86400`.
  static let certificates: [MetricFamily] = [
    MetricFamily(
      "sluice_listener_certificate_expiry_timestamp_seconds", .gauge, ["listener", "file", "subject"],
      "When a certificate ends that is served to clients, or at the admin address (listener admin), as Unix time."
    ) { reading in
      reading.gateway.certificates.compactMap { certificate in
        guard case .listener(let address, let file) = certificate.place else { return nil }
        return MetricSample([address, file, certificate.subject], number: Double(certificate.notAfter))
      }
    },
    MetricFamily(
      "sluice_endpoint_certificate_expiry_timestamp_seconds", .gauge, ["upstream", "endpoint", "subject"],
      "When the certificate ends that an endpoint showed last, or the first of its chain that does, as Unix time."
    ) { reading in
      reading.gateway.certificates.compactMap { certificate in
        guard case .endpoint(let name) = certificate.place else { return nil }
        return MetricSample(
          [name.upstream, name.endpoint, certificate.subject], number: Double(certificate.notAfter))
      }
    },
  ]
}
