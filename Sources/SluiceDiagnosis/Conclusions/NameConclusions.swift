internal import SluiceCore
internal import SluiceIncidents

/// What the name of an endpoint explains: that it is gone, or that it leads to the wrong place.
enum NameConclusions {
  static func conclusions(_ asked: Asked) -> [Conclusion] {
    guard let resolution = asked.examination.resolution?.value else { return [] }
    if let cause = resolution.cause.flatMap(Cause.named) { return failed(cause, resolution, asked) }
    // Where the endpoint works it is where its name leads.
    guard asked.cause != nil else { return [] }
    return overridden(resolution, asked) + moved(resolution, asked)
  }

  private static func failed(_ cause: Cause, _ resolution: ResolutionSeen, _ asked: Asked) -> [Conclusion] {
    let name = Shown.text(resolution.name)
    let asking = resolution.resolvers.prefix(3).map { Shown.text($0, limit: 32) }.joined(separator: ", ")
    let evidence = [
      resolution.responseCode.map { "The name server answered \(Shown.text($0, limit: 24))." },
      asking.isEmpty ? nil : "Asked: \(asking).",
      resolution.before.isEmpty ? nil : "It resolved before, to \(list(resolution.before)).",
    ]
    guard cause == .dnsNxdomain || cause == .dnsNoAddress, resolution.responseCode != nil else {
      return asked.conclusions(cause).map { conclusion in
        var conclusion = conclusion
        conclusion.explanation.evidence += evidence.compactMap { $0 }
        return conclusion
      }
    }
    let what = cause == .dnsNxdomain ? "does not exist (NXDOMAIN)" : "exists but has no address (NODATA)"
    let wasThere = !resolution.before.isEmpty
    return [
      Conclusion(
        "The name \(name) \(what)" + (wasThere ? ", though it resolved before: its record was taken away" : ""),
        next: wasThere
          ? "Restore the record of \(name), or point the endpoint to the new name."
          : "Correct the name in the endpoint's URL, or add its record at the name server.",
        .observed(cause, .likely, evidence)),
      Conclusion(
        "The name \(name) \(what)", next: "Correct the name in the endpoint's URL.",
        .root(.wrongName, .possible, [wasThere ? nil : "Nothing shows that the name ever resolved here."])),
    ]
  }

  /// The hosts file is believed before any name server, and often forgotten.
  private static func overridden(_ resolution: ResolutionSeen, _ asked: Asked) -> [Conclusion] {
    let records = Set(resolution.records.map(\.address))
    guard !resolution.hostsFile.isEmpty, !records.isEmpty, records.isDisjoint(with: resolution.hostsFile) else {
      return []
    }
    let (hosts, dns) = (list(resolution.hostsFile), list(resolution.records.map(\.address)))
    return [
      Conclusion(
        "The hosts file of this machine leads \(Shown.text(resolution.name)) to \(hosts), where DNS has \(dns)",
        next: "Remove the name's line from /etc/hosts, or correct its address.",
        .root(.nameMoved, .likely, ["The hosts file is believed before DNS.", failure(asked)]))
    ]
  }

  private static func moved(_ resolution: ResolutionSeen, _ asked: Asked) -> [Conclusion] {
    let new = resolution.addresses.filter { !resolution.before.contains($0) }
    guard !resolution.before.isEmpty, !new.isEmpty else { return [] }
    let failed = Set((asked.examination.connections?.value ?? []).filter { $0.cause != nil }.map(\.address))
    // An address that is new and takes connections may still be another machine; one that was there before and
    // fails does not speak for a move.
    let isAllNew = new.count == resolution.addresses.count
    guard isAllNew || !failed.isEmpty else { return [] }
    let formerly = failed.isEmpty ? nil : listensStill(resolution, asked)
    return [
      Conclusion(
        "The name \(Shown.text(resolution.name)) leads to \(list(new)) now, and led to \(list(resolution.before)) before",
        next: "See at which of these addresses the application runs, then correct the record or the machine.",
        .root(
          .nameMoved, formerly == nil ? (isAllNew ? .likely : .possible) : .certain,
          [formerly, failure(asked), ttl(resolution)]))
    ]
  }

  /// Where the application still listens, on this machine, at an address that the name has left.
  private static func listensStill(_ resolution: ResolutionSeen, _ asked: Asked) -> String? {
    let sockets = asked.examination.listeners?.value?.samePort ?? []
    let still = sockets.first { socket in
      resolution.before.contains {
        EndpointAddress(socket.address)?.with(port: 0) == EndpointAddress($0)?.with(port: 0)
      }
    }
    return still.map { "The application listens at \(Shown.text($0.address)), where the name led before." }
  }

  private static func failure(_ asked: Asked) -> String? {
    asked.cause.map { "There the look ended with \(Shown.text($0, limit: 40))." }
  }

  private static func ttl(_ resolution: ResolutionSeen) -> String? {
    resolution.records.first.map { "The record holds for \(Shown.duration(Double($0.timeToLive) * 1000))." }
  }

  private static func list(_ addresses: [String]) -> String {
    let shown = addresses.prefix(3).map { Shown.text($0, limit: 40) }.joined(separator: ", ")
    return addresses.count > 3 ? "\(shown) and \(addresses.count - 3) more" : shown
  }
}
