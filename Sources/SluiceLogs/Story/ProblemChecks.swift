internal import SluiceCore
internal import SluiceDiagnosis

/// What to look at for a problem, with commands for its endpoint and its time.
enum ProblemChecks {
  /// Checks of one problem.
  static let checksMax = 5

  static func checks(_ facts: ProblemFacts) -> [NextCheck] {
    guard let cause = facts.draft.root.cause else { return [] }
    let runs = facts.draft.runs.filter { $0.key.cause == cause }
    let endpoint = endpoint(facts).map { name in
      Strand(cause) == .insecure && !name.hasPrefix("unix:") ? "https://" + name : name
    }
    let methods = runs.reduce(into: NameCounts()) { $0.add($1.methods) }
    let paths = runs.reduce(into: NameCounts()) { $0.add($1.paths) }
    let subject = CheckSubject(
      endpoint: endpoint, time: facts.draft.first, method: methods.top?.name, path: paths.top?.name, cause: cause,
      program: program(facts.draft.product))
    return Array(CheckCommands(subject: subject).checks(cause.firstChecks).prefix(checksMax))
  }

  /// The endpoint that failed most, where it is one that can be connected to.
  private static func endpoint(_ facts: ProblemFacts) -> String? {
    facts.endpointNames.first { $0.hasPrefix("unix:/") || $0.contains(":") }
  }

  private static func program(_ product: LogProduct) -> String {
    switch product {
    case .nginx, .haproxy, .envoy, .caddy, .traefik, .sluice, .nghttpx, .pingora: product.rawValue
    case .httpd: "apache2"
    case .ats: "traffic_server"
    case .varnish: "varnishd"
    case .alb, .elb, .cloudflare, .linkerd, .other: "proxy"
    }
  }
}
