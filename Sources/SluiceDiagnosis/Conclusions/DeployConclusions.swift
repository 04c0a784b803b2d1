internal import SluiceCore
internal import SluiceIncidents

/// What deploys and other changes explain.
///
/// A change is blamed only where a test says that it began with it, or where what was seen leads from one to the other:
/// a process that was started by it and has ended, a port that nobody listened on before. That something was changed
/// lately is no explanation by itself, and failures that began before a change are never its doing.
enum DeployConclusions {
  static func conclusions(_ examination: Examination) -> [Conclusion] {
    guard let facts = DeployFacts(examination) else { return [] }
    let rules = [
      changedPort, DeployCrash.conclusion, changedCertificate, changedProtocol, regression, slower,
    ]
    return rules.compactMap { $0(facts) }
  }

  // MARK: The stated tests

  private static func regression(_ facts: DeployFacts) -> Conclusion? {
    guard let test = facts.blamed(.failures) else { return nil }
    let name = ChangeWords.name(test.change)
    let evidence = [sentence(test), facts.slowness.map(sentence)]
    if facts.isOver(test) {
      return Conclusion(
        "Requests failed right after \(name), and none has since: \(test.reason)",
        next: "Let the application finish its requests before it stops, or drain the endpoint first.",
        .root(facts.root(of: test.change, otherwise: .deployRestart), .possible, evidence))
    }
    return Conclusion(
      "The failures began with \(name): \(test.reason)", next: advice(test.change),
      .root(facts.root(of: test.change, otherwise: .deployRegression), facts.sureness(of: test.change), evidence),
      checks: [.deploys, .applicationLog])
  }

  private static func slower(_ facts: DeployFacts) -> Conclusion? {
    guard let test = facts.slowness else { return nil }
    return Conclusion(
      "Responses take longer since \(ChangeWords.name(test.change)): \(test.reason)", next: advice(test.change),
      .root(facts.root(of: test.change, otherwise: .deploySlower), facts.sureness(of: test.change), [sentence(test)]),
      checks: [.deploys, .resources])
  }

  private static func sentence(_ test: ChangeTest) -> String {
    test.reason.prefix(1).uppercased() + test.reason.dropFirst() + "."
  }

  private static func advice(_ change: Change) -> String {
    switch change.kind {
    case .deploy, .version: "Roll the deploy back, or compare what it changed."
    case .process: "If it was a deploy, roll it back, or compare what it changed."
    case .certificate: "Put the certificate of before back, or let the gateway trust the new one."
    case .addresses: "See whether the name's record is the one that was meant."
    case .start, .reload, .reloadRefused, .endpoints, .drain: "Compare the configuration with the one before."
    }
  }

  // MARK: What a deploy changed beside

  private static func changedPort(_ facts: DeployFacts) -> Conclusion? {
    guard let listeners = facts.examination.listeners?.value, listeners.here.isEmpty else { return nil }
    guard let port = facts.examination.target.port else { return nil }
    let earlier = listeners.history.first { $0.addresses.contains { $0.hasSuffix(":\(port)") } }
    for socket in listeners.elsewhere {
      guard let number = socket.process, let process = listeners.processes.first(where: { $0.process == number }),
        let started = process.startedAt, let deploy = facts.deploy(around: started)
      else { continue }
      guard let earlier, earlier.process != number else { continue }
      let isSame = earlier.program != nil ? earlier.program == process.program : earlier.name == process.name
      let (name, address) = (Shown.text(process.name), Shown.text(socket.address))
      return Conclusion(
        "Since \(ChangeWords.name(deploy)) \(name) listens at \(address) and no longer on port \(port)",
        next: "Let the application listen on port \(port), or change the endpoint's URL to the new port.",
        .root(
          .deployChangedPort, isSame ? .certain : .likely,
          [
            "Before, process \(earlier.process) (\(Shown.text(earlier.name))) listened on port \(port).",
            "Process \(number) (\(name)), started with the change, listens at \(address).",
            "Nothing listens at the endpoint.",
          ]), checks: [.process, .deploys])
    }
    return nil
  }

  private static func changedCertificate(_ facts: DeployFacts) -> Conclusion? {
    guard let handshake = facts.examination.handshake?.value, let cause = handshake.cause else { return nil }
    guard cause.hasPrefix("tls_cert") || cause == "tls_name_mismatch" else { return nil }
    let endpoint = facts.examination.target.endpoint
    guard let change = facts.changes.first(where: { $0.kind == .certificate && $0.text.hasPrefix(endpoint + " ") })
    else { return nil }
    let test = facts.test(.failures, of: change)
    if test?.outcome == .beganBefore { return nil }
    let subject = handshake.tls.chain.first.map { " for \(Shown.text($0.subject))" } ?? ""
    return Conclusion(
      "The endpoint shows a new certificate\(subject) that the gateway does not accept (\(Shown.text(cause)))",
      next: "Put the certificate of before back, or let the gateway trust the new one.",
      .root(
        .deployChangedCertificate, test?.outcome == .began ? .certain : .likely,
        [
          "\(Shown.text(change.text, limit: 120))\(ChangeWords.ago(change, facts.examination.time)).",
          "The handshake fails with \(Shown.text(cause)).", test.map(sentence),
        ]), checks: [.certificates, .deploys])
  }

  private static func changedProtocol(_ facts: DeployFacts) -> Conclusion? {
    guard let responses = facts.examination.responses?.value else { return nil }
    guard responses.contains(where: { $0.question == .configured && $0.cause != nil }) else { return nil }
    let other = responses.first {
      ($0.question == .otherScheme || $0.question == .otherProtocol) && $0.cause == nil && !$0.isOurselves
    }
    guard let other, let test = facts.blamed(.failures), facts.isOfApplication(test.change) else { return nil }
    let what =
      other.question == .otherScheme ? "with the other scheme" : "as \(Shown.text(other.version ?? "the other"))"
    return Conclusion(
      "Since \(ChangeWords.name(test.change)) the endpoint answers only \(what) and not as it is configured",
      next: "Roll the deploy back, or change the endpoint's URL or protocol to what it speaks now.",
      .root(
        .deployChangedProtocol, test.change.kind == .process ? .likely : .certain,
        [sentence(test), "Asked \(what) it answers\(other.status.map { " \($0)" } ?? "")."]),
      checks: [.portAndScheme, .deploys])
  }
}
