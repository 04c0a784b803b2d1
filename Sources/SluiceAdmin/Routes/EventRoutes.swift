/// The stream of events (server-sent events, as HTML has them).
enum EventRoutes {
  static let path = "/api/v1/events"

  static func routes(_ source: AdminSource, _ pulse: AdminPulse) -> [AdminRoute] {
    [
      AdminRoute(
        "GET", path, parameters: [],
        operation: AdminOperation(
          "listenToEvents",
          "Events as they come: status, upstreams and traffic every two seconds, problem and deploy when there is news.",
          [
            .text(200, "A stream that does not end.", contentType: "text/event-stream"),
            .problem(503, "Too many listen already."),
          ])
      ) { request in
        guard request.method == "GET" else { return AdminAnswer(status: 200, contentType: type, body: []) }
        guard let subscription = pulse.hub.subscribe(after: request.lastEventID, at: source.wallTime()) else {
          return .problem(
            503, "Service unavailable",
            "\(EventHub.listenersMax) listen already; close one, or read /api/v1/status instead.",
            [.init(name: "Retry-After", value: "30")])
        }
        if !subscription.isResumed { pulse.hub.greet(subscription.number, with: await pulse.greeting()) }
        var answer = AdminAnswer(status: 200, contentType: type, body: [])
        answer.stream = subscription.stream
        return answer
      }
    ]
  }

  private static let type = "text/event-stream"
}
