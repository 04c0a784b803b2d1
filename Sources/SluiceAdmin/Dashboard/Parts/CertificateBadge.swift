/// How long a certificate is good for.
enum CertificateBadge {
  static func badge(_ certificate: CertificateDocument) -> Badge {
    if certificate.daysLeft < 0 { return Badge("ended \(DashboardText.day(certificate.notAfter))", .bad) }
    let tone: Badge.Tone = certificate.daysLeft < Attention.certificateDays ? .warning : .good
    return Badge("\(DashboardText.count(certificate.daysLeft, "day")) left", tone)
  }
}
