internal import SluiceConfiguration
internal import SluiceCore

/// Endpoints are drained and taken back.
enum EndpointRoutes {
  static let path = "/api/v1/upstreams/{upstream}/endpoints/{endpoint}"

  static func routes(_ source: AdminSource) -> [AdminRoute] {
    [
      route("drain", isDraining: true, "Give an endpoint no new exchange; those under way end.", source),
      route("undrain", isDraining: false, "Take a drained endpoint back.", source),
    ]
  }

  private static func route(
    _ verb: String, isDraining: Bool, _ summary: String, _ source: AdminSource
  ) -> AdminRoute {
    AdminRoute(
      "POST", "\(path)/\(verb)", parameters: [],
      operation: AdminOperation(
        verb + "Endpoint", summary,
        [
          .json(200, EndpointDocument.self, "How the endpoint stands now, for all workers."),
          .problem(404, "There is no such upstream or endpoint."),
        ], body: EmptyBody.schema,
        names: [
          "upstream": "The name of an upstream.",
          "endpoint": "As configured, percent-encoded (`http:%2F%2F127.0.0.1:3000`), or `host:port`.",
        ])
    ) { request in
      if let refusal = EmptyBody.refusal(of: request.body) { return refusal }
      return await set(request.values, isDraining, source)
    }
  }

  private static func set(_ values: AdminValues, _ isDraining: Bool, _ source: AdminSource) async -> AdminAnswer {
    let (upstream, endpoint) = (values["upstream"] ?? "", values["endpoint"] ?? "")
    let names = await source.upstreams()
    guard names.contains(upstream) else { return missing("upstream", upstream, in: names) }
    guard let now = await source.setDraining(upstream, endpoint, isDraining) else {
      let known = await source.upstreamStates().first { $0.name == upstream }
      return missing("endpoint", endpoint, in: known?.endpoints.map(\.endpoint) ?? [])
    }
    return .json(200, now)
  }

  static func missing(_ kind: String, _ name: String, in names: [String]) -> AdminAnswer {
    let hint = Spelling.nearest(to: name, in: names).map { "; did you mean '\($0)'?" } ?? "."
    return .problem(404, "Not found", "There is no \(kind) '\(PlainName.shown(name))'\(hint)")
  }
}
