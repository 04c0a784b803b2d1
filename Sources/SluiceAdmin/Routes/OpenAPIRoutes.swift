/// The API's description of itself.
enum OpenAPIRoutes {
  static func routes(of all: [AdminRoute]) -> [AdminRoute] {
    [
      AdminRoute("GET", "/openapi.json", parameters: []) { request in
        let document = OpenAPIDocument(routes: all, isGuarded: request.isGuarded)
        guard let value = try? document.value() else {
          return .problem(500, "Internal error", "The description could not be made.")
        }
        return .json(200, value)
      }
    ]
  }
}
