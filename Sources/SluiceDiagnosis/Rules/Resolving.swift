internal import SluiceCore
internal import SluiceIncidents

/// Finding an endpoint's addresses.
enum Resolving {
  private static func name(_ facts: Facts) -> String {
    Shown.text(facts.evidence?.resolution?.name ?? facts.place?.name ?? facts.here)
  }

  private static func code(_ facts: Facts) -> String? {
    facts.evidence?.resolution?.responseCode.map { "The name server answered \(Shown.text($0, limit: 24))." }
  }

  static func noSuchName(_ cause: Cause, _ facts: Facts) -> Judgement {
    let what = cause == .dnsNxdomain ? "does not exist (NXDOMAIN)" : "exists but has no address (NODATA)"
    if facts.hasAnswered == true {
      return Judgement(
        "The name \(name(facts)) \(what), though it resolved before: its record was taken away",
        next: "Restore the record of \(name(facts)), or point the upstream to the new name.",
        .observed(cause, .network, .likely, [code(facts), facts.lastAnswer]),
        or: [.root(.wrongName, .possible, ["The endpoint may have been moved to another name."])])
    }
    let knows = facts.hasAnswered == false && code(facts) != nil
    return Judgement(
      "The name \(name(facts)) of an endpoint of \(facts.upstream) \(what)",
      next: "Correct the endpoint's name in the configuration, or add its record at the name server.",
      .observed(
        cause, knows ? .configuration : .network, knows ? .likely : .possible, [code(facts), facts.lastAnswer]),
      or: [
        .root(.wrongName, .possible, ["Nothing shows that the name ever resolved here."]),
        knows ? .observed(cause, .network, .possible, ["The record may be missing at the name server."]) : nil,
      ])
  }

  static func noAnswer(_ cause: Cause, _ facts: Facts) -> Judgement {
    let what = cause == .dnsServfail ? "failed (SERVFAIL)" : "refused to answer (REFUSED)"
    let wide = !facts.otherUpstreams.isEmpty
    return Judgement(
      "The name server \(what) when asked for \(name(facts))" + (wide ? "; other upstreams' names fail too" : ""),
      next: wide
        ? "Look at the name server: it fails for several names." : "Ask the name server for this name directly.",
      .observed(cause, code(facts) != nil || wide ? .likely : .possible, [code(facts), others(facts)]),
      or: [
        cause == .dnsRefused
          ? .observed(cause, .configuration, .possible, ["`resolver.servers` may name one that does not serve us."])
          : nil,
        wide ? nil : .observed(cause, .configuration, .possible, ["The zone of this one name may be broken."]),
      ])
  }

  static func silent(_ facts: Facts) -> Judgement {
    let wide = !facts.otherUpstreams.isEmpty
    return Judgement(
      "No name server answered in time when asked for \(name(facts))"
        + (wide ? ", nor for other upstreams' names" : ""),
      next: "See whether the name servers can be reached from the gateway's machine.",
      .observed(.dnsTimeout, wide ? .likely : .possible, [others(facts), facts.lastAnswer]),
      or: [.observed(.dnsTimeout, .configuration, .possible, ["`resolver.servers` may name one that does not exist."])])
  }

  static func others(_ facts: Facts) -> String? {
    let names = facts.otherUpstreams.prefix(3).map { Shown.text($0, limit: 32) }
    return names.isEmpty
      ? nil : "The same happens at other upstreams at the same time: \(names.joined(separator: ", "))."
  }
}
