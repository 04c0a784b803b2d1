internal import SluiceCore
internal import SluiceIncidents

/// TLS to an endpoint, and the certificates that it shows.
enum HandshakeFindings {
  /// A certificate that ends within so many days is worth a look.
  static let daysLeft: Int64 = 14

  static func of(_ examination: Examination) -> [StepReport.Finding] {
    if let absence = StepReport.absence(of: examination.handshake, what: "What it says in TLS") { return [absence] }
    guard let seen = examination.handshake?.value else { return [] }
    return [
      outcome(seen), chain(seen), dates(seen, at: examination.time), trust(seen), before(seen), versions(seen),
      wanted(seen),
    ].compactMap { $0 }
  }

  private static func outcome(_ seen: HandshakeSeen) -> StepReport.Finding {
    let took = Shown.duration(seen.tookMs)
    if let cause = seen.cause {
      let meaning = Cause.named(cause)?.summary
      let words = meaning.map { Shown.clipped($0, to: 120) } ?? "\(Shown.text(cause, limit: 40))."
      return StepReport.Finding(.failing, "TLS fails after \(took): \(words)")
    }
    let version = Shown.text(seen.tls.version ?? "TLS", limit: 16)
    let cipher = seen.tls.cipher.map { ", \(Shown.text($0, limit: 48))" } ?? ""
    let chosen = seen.tls.protocolChosen.map { ", \(Shown.text($0, limit: 16)) by ALPN" } ?? ", no protocol by ALPN"
    return StepReport.Finding(.fine, "\(version) within \(took)\(cipher)\(chosen).")
  }

  private static func chain(_ seen: HandshakeSeen) -> StepReport.Finding? {
    guard let leaf = seen.tls.chain.first else { return nil }
    let isNameWrong = seen.tls.faults.contains(Cause.tlsNameMismatch.identifier)
    let count = Shown.count(seen.tls.chain.count, "certificate", "certificates")
    let wanted = isNameWrong ? seen.tls.nameWanted.map { ", and not for \(Shown.text($0, limit: 48))" } ?? "" : ""
    return StepReport.Finding(
      isNameWrong ? .failing : .fine,
      "It shows \(count); its own is for \(Facts.named(by: leaf))\(wanted), issued by \(Facts.issuer(leaf)).")
  }

  private static func dates(_ seen: HandshakeSeen, at time: Int64) -> StepReport.Finding? {
    let soonest = seen.tls.chain.min { $0.notAfter < $1.notAfter }
    guard let soonest, let leaf = seen.tls.chain.first else { return nil }
    let which = soonest == leaf ? "Its certificate" : "An intermediate certificate"
    let day = Facts.day(soonest.notAfter)
    let left = soonest.notAfter - time
    if left < 0 { return StepReport.Finding(.failing, "\(which) expired on \(day), \(Facts.distance(-left)) ago.") }
    if let future = seen.tls.chain.first(where: { $0.notBefore > time }) {
      return StepReport.Finding(.failing, "A certificate is valid only from \(Facts.day(future.notBefore)) on.")
    }
    let isNear = left < daysLeft * 86_400_000
    return StepReport.Finding(isNear ? .warning : .fine, "\(which) is valid to \(day), \(Facts.distance(left)) more.")
  }

  private static func trust(_ seen: HandshakeSeen) -> StepReport.Finding? {
    let roots = seen.tls.trust.map { Shown.text($0, limit: 60) }
    if let wanted = seen.trustWanted {
      return StepReport.Finding(
        .failing, "To be trusted it needs \(Shown.text(wanted, limit: 80)) among \(roots ?? "the trusted roots").")
    }
    guard seen.cause == nil else { return nil }
    guard let roots else {
      return StepReport.Finding(.warning, "Its certificate was not verified: the configuration says so.")
    }
    return StepReport.Finding(.fine, "Its chain leads to a root of \(roots).")
  }

  private static func before(_ seen: HandshakeSeen) -> StepReport.Finding? {
    guard let before = seen.before else { return nil }
    return StepReport.Finding(
      .warning,
      "It had another certificate before: for \(Facts.named(by: before)), issued by \(Facts.issuer(before)), valid to "
        + "\(Facts.day(before.notAfter)).")
  }

  private static func versions(_ seen: HandshakeSeen) -> StepReport.Finding? {
    guard !seen.versions.isEmpty else { return nil }
    let words = seen.versions.map { version in
      let name = Shown.text(version.version, limit: 24)
      let reason = version.reason.map { " (\(Shown.text($0, limit: 40)))" } ?? ""
      return version.isSpoken ? "\(name) yes" : "\(name) no\(reason)"
    }
    let isModern = seen.versions.contains { $0.isSpoken && ["TLS 1.2", "TLS 1.3"].contains($0.version) }
    return StepReport.Finding(isModern ? .fine : .failing, "Versions: \(words.joined(separator: ", ")).")
  }

  private static func wanted(_ seen: HandshakeSeen) -> StepReport.Finding? {
    guard seen.wantsClientCertificate == true else { return nil }
    return seen.tls.hasClientCertificate
      ? StepReport.Finding(.fine, "It asks for a client certificate, and one was shown.")
      : StepReport.Finding(.warning, "It asks for a client certificate, and none is configured.")
  }
}
