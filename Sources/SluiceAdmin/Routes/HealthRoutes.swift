/// What balancers and supervisors ask.
enum HealthRoutes {
  static func routes(_ source: AdminSource) -> [AdminRoute] {
    [
      AdminRoute("GET", "/healthz", isOpen: true) { _ in .text(200, "ok") },
      AdminRoute("GET", "/readyz", isOpen: true) { _ in
        await source.isDraining() ? .text(503, "draining") : .text(200, "ready")
      },
    ]
  }
}
