/// The gateway as it is at this moment.
enum StatusRoutes {
  static func routes(_ source: AdminSource) -> [AdminRoute] {
    [
      AdminRoute("GET", "/api/v1/status", parameters: []) { _ in .json(200, await source.status()) },
      AdminRoute("GET", "/api/v1/upstreams", parameters: []) { _ in
        .json(200, UpstreamsDocument(time: source.wallTime(), upstreams: await source.upstreamStates()))
      },
    ]
  }
}
