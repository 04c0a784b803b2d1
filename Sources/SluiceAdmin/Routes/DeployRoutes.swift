internal import SluiceIncidents

/// Deploys are marked and listed.
enum DeployRoutes {
  static let path = "/api/v1/deploys"
  /// Changes in a list.
  private static let changesMax = 200

  static func routes(_ source: AdminSource) -> [AdminRoute] {
    [
      AdminRoute("GET", path, parameters: []) { _ in
        .json(200, DeploysDocument(changes: Array(await source.changes().prefix(changesMax))))
      },
      AdminRoute("POST", path, parameters: []) { request in
        switch DeployMark.read(request.body, upstreams: await source.upstreams()) {
        case .failure(let mistake): return .problem(400, "Bad request", mistake.detail)
        case .success(let mark):
          let change = Change(kind: .deploy, time: source.wallTime(), text: mark.text, upstream: mark.upstream)
          // The same one within a minute: whoever sends it twice need not care.
          return .json(source.note(change) ? 201 : 200, change)
        }
      },
    ]
  }
}
