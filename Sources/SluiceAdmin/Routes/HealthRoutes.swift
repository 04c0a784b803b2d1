/// What balancers and supervisors ask.
enum HealthRoutes {
  static func routes(_ source: AdminSource) -> [AdminRoute] {
    [
      AdminRoute(
        "GET", "/healthz", isOpen: true,
        operation: AdminOperation("getHealth", "Whether the process lives.", [.text(200, "It does.")])
      ) { _ in .text(200, "ok") },
      AdminRoute(
        "GET", "/readyz", isOpen: true,
        operation: AdminOperation(
          "getReadiness", "Whether it takes new connections.",
          [.text(200, "It does."), .text(503, "It drains, and will end.")])
      ) { _ in
        await source.isDraining() ? .text(503, "draining") : .text(200, "ready")
      },
    ]
  }
}
