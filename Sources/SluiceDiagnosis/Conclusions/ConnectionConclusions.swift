internal import SluiceCore
internal import SluiceIncidents

/// Why no address of an endpoint takes a connection, as far as the connection itself tells.
enum ConnectionConclusions {
  static func conclusions(_ asked: Asked) -> [Conclusion] {
    guard let failed = asked.failedConnections, let first = failed.first,
      let cause = first.cause.flatMap(Cause.named)
    else { return [] }
    let evidence = failed.prefix(4).compactMap(sentence)
    let conclusions =
      route(first, asked) ?? rejected(first, asked) ?? dropped(first, cause, asked) ?? refused(cause, asked)
      ?? asked.conclusions(cause)
    return conclusions.map { conclusion in
      var conclusion = conclusion
      conclusion.explanation.evidence = evidence + conclusion.explanation.evidence
      return conclusion
    }
  }

  /// `10.0.0.5:3000: ECONNREFUSED after 0.4 ms, dev eth0 via 10.0.0.1.`
  static func sentence(_ connection: ConnectionSeen) -> String? {
    guard let cause = connection.cause else { return nil }
    let what = Shown.text(connection.errno ?? cause, limit: 32)
    let way = connection.route.map { ", route \(Shown.text($0, limit: 48))" } ?? ""
    let icmp = connection.icmp.map { ", ICMP \(Shown.text($0, limit: 48))" } ?? ""
    let from = connection.icmpFrom.map { " from \(Shown.text($0, limit: 40))" } ?? ""
    return "\(Shown.text(connection.address, limit: 48)): \(what) after \(Shown.duration(connection.tookMs))\(icmp)"
      + "\(from)\(way)."
  }

  /// The kernel of this machine was asked for the way, and said that there is none by configuration.
  private static func route(_ connection: ConnectionSeen, _ asked: Asked) -> [Conclusion]? {
    guard let route = connection.route, ["blackhole", "unreachable", "prohibit"].contains(route) else { return nil }
    return [
      Conclusion(
        "A route of this machine forbids connections to \(asked.here): its kind is \(route)",
        next: "Remove the route, or correct it: `ip route get ADDRESS` shows it.",
        .root(.gatewayNetwork, .certain, ["The kernel of this machine says so of the route to that address."]))
    ]
  }

  /// Somebody on the way answered in the endpoint's place.
  private static func rejected(_ connection: ConnectionSeen, _ asked: Asked) -> [Conclusion]? {
    if let icmp = connection.icmp {
      let from = connection.icmpFrom.map { " (\(Shown.text($0, limit: 40)))" } ?? ""
      if icmp.contains("prohibited") || icmp.contains("rejected by policy") {
        return [
          Conclusion(
            "A firewall on the way rejects connections to \(asked.here)\(from): \(Shown.text(icmp, limit: 48))",
            next: "Let this machine through the firewall, for the port of the endpoint.",
            .root(.firewall, .certain, ["ICMP has this answer for a filter alone."]))
        ]
      }
      if icmp.hasSuffix("port unreachable") {
        return [
          Conclusion(
            "A firewall rejects connections to \(asked.here)\(from): it says by ICMP that the port is unreachable",
            next: "Let this machine through the firewall, for the port of the endpoint.",
            .root(.firewall, .likely, ["A machine without a listener answers TCP with a reset, not by ICMP."]))
        ]
      }
    }
    guard connection.errno == "EPERM" || connection.errno == "EACCES", !connection.address.hasPrefix("unix:") else {
      return nil
    }
    return [
      Conclusion(
        "A firewall of this machine itself forbids connections to \(asked.here)",
        next: "Look at the outgoing rules of this machine: `nft list ruleset` or `iptables -S OUTPUT`.",
        .root(.firewall, .likely, ["The kernel refused to send before anything left the machine."])),
      Conclusion(
        "This machine forbids connections to \(asked.here)", next: "Look at the firewall rules of this machine.",
        .observed(.ipProhibited, .machine, .possible, ["A broadcast address is refused in the same way."])),
    ]
  }

  /// Nobody said anything. A full accept queue looks the same from afar, so this is never certain.
  private static func dropped(_ connection: ConnectionSeen, _ cause: Cause, _ asked: Asked) -> [Conclusion]? {
    guard cause == .connectTimeout, !asked.isLocal else { return nil }
    let span = Shown.duration(connection.tookMs)
    let sentence = "\(asked.here) answered nothing within \(span): packets are dropped, or its machine is gone"
    let next = "See whether the machine is up, then for a firewall that lets this machine's packets fall."
    return [
      Conclusion(sentence, next: next, .root(.packetsDropped, .likely, ["Nobody refused, and no ICMP came."])),
      Conclusion(
        sentence, next: next,
        .observed(.backlogFull, .possible, ["A full accept queue drops the attempt silently too."])),
    ]
  }

  /// The machine itself answered that nobody listens. Which process should, others know.
  private static func refused(_ cause: Cause, _ asked: Asked) -> [Conclusion]? {
    guard cause == .connectRefused, asked.isLocal, asked.examination.target.socketPath == nil else { return nil }
    let sentence = "Nothing listens at \(asked.here): the connection was refused"
    let next = "Start the application, or correct the port of the endpoint."
    return [
      Conclusion(
        sentence, next: next, .observed(.connectRefused, .likely, ["The address is of this machine."]),
        checks: [.process]),
      Conclusion(sentence, next: next, .root(.wrongPort, .possible)),
    ]
  }
}
