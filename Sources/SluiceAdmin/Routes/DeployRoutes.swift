internal import SluiceIncidents

/// Deploys are marked and listed.
enum DeployRoutes {
  static let path = "/api/v1/deploys"
  /// Changes in a list.
  private static let changesMax = 200

  static func routes(_ source: AdminSource) -> [AdminRoute] {
    [
      AdminRoute(
        "GET", path, parameters: [],
        operation: AdminOperation(
          "listDeploys", "Deploys and other changes of the last day, the latest first.",
          [.json(200, DeploysDocument.self, "At most \(changesMax) of them.")])
      ) { _ in
        .json(200, DeploysDocument(changes: Array(await source.changes().prefix(changesMax))))
      },
      AdminRoute(
        "POST", path, parameters: [],
        operation: AdminOperation(
          "markDeploy", "Mark a deploy, so that failures that begin with it are told so.",
          [
            .json(201, Change.self, "It is marked."), .json(200, Change.self, "It was marked a moment ago already."),
            .problem(422, "The text is not printable, or there is no such upstream."),
          ], body: DeployMark.schema)
      ) { request in
        switch DeployMark.read(request.body, upstreams: await source.upstreams()) {
        case .failure(let mistake):
          return .problem(
            mistake.status, mistake.status == 400 ? "Bad request" : "Unprocessable content", mistake.detail)
        case .success(let mark):
          let change = Change(kind: .deploy, time: source.wallTime(), text: mark.text, upstream: mark.upstream)
          // The same one within a minute: whoever sends it twice need not care.
          return .json(source.note(change) ? 201 : 200, change)
        }
      },
    ]
  }
}
