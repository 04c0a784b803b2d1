/// The gateway as it is at this moment.
enum StatusRoutes {
  static func routes(_ source: AdminSource) -> [AdminRoute] {
    [
      AdminRoute(
        "GET", "/api/v1/status", parameters: [],
        operation: AdminOperation(
          "getStatus", "The gateway as a whole.", [.json(200, StatusDocument.self, "How it does.")])
      ) { _ in .json(200, await source.status()) },
      AdminRoute(
        "GET", "/api/v1/upstreams", parameters: [],
        operation: AdminOperation(
          "listUpstreams", "Upstreams with their endpoints, in the order of the configuration.",
          [.json(200, UpstreamsDocument.self, "How they do.")])
      ) { _ in
        .json(200, UpstreamsDocument(time: source.wallTime(), upstreams: await source.upstreamStates()))
      },
    ]
  }
}
