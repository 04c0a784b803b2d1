/// What Prometheus asks.
enum MetricsRoutes {
  static let path = "/metrics"

  static func routes(_ source: AdminSource) -> [AdminRoute] {
    [
      AdminRoute("GET", path) { request in
        let format = MetricsFormat(accept: request.accept)
        let text = MetricsText.write(await source.metrics(), as: format)
        var answer = AdminAnswer(status: 200, contentType: format.contentType, body: text)
        answer.fields = [.init(name: "Vary", value: "Accept")]
        return answer
      }
    ]
  }
}
