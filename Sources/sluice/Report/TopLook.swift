import SluiceAdmin

/// What `sluice top` shows: four answers of the admin address, at about one moment.
struct TopLook: Codable {
  var status: StatusDocument
  var problems: [ProblemDocument]
  var upstreams: [UpstreamDocument]
  var traffic: TrafficDocument

  init(
    status: StatusDocument, problems: [ProblemDocument], upstreams: [UpstreamDocument], traffic: TrafficDocument
  ) {
    self.status = status
    self.problems = problems
    self.upstreams = upstreams
    self.traffic = traffic
  }

  /// - Throws: `AdminClient.Failure`.
  init(_ client: AdminClient) async throws {
    async let status = client.read("/api/v1/status", as: StatusDocument.self)
    async let upstreams = client.read("/api/v1/upstreams", as: UpstreamsDocument.self)
    async let traffic = client.read("/api/v1/traffic", as: TrafficDocument.self)
    let state = try await status
    // Where nothing is kept there are none to ask for.
    let problems =
      state.store.state == .off
      ? [] : try await client.read("/api/v1/problems?state=ongoing&limit=20", as: ProblemsDocument.self).problems
    self.init(
      status: state, problems: problems, upstreams: try await upstreams.upstreams, traffic: try await traffic)
  }
}
