internal import SluiceCore
internal import SluiceIncidents

/// The query parameters by which incidents and problems are chosen: the same as the options of `sluice incidents`.
enum FilterParameters {
  /// Characters of a name.
  static let nameMax = 256

  static let all = [
    AdminParameter("since", .moment, "At or after: an age such as 5m or 2d, or a moment in UTC."),
    AdminParameter("until", .moment, "Before, in the same forms."),
    AdminParameter(
      "cause", .word(Cause.allCases.map(\.identifier) + [ProblemKey.certificateExpiresSoon]), isRepeatable: true,
      "What the gateway observed; several for any of them."),
    AdminParameter("upstream", .text(max: nameMax), "The name of an upstream."),
    AdminParameter("route", .text(max: nameMax), "The name of a route."),
    AdminParameter("status", .integer(0...999), "That the client got; 0: it was cut before one."),
    AdminParameter("who", .word(Owner.allCases.map(\.identifier)), "Whose failure the cause is."),
    AdminParameter(
      "kind", .word(IncidentKind.allCases.map(\.rawValue)),
      "failed: the gateway's own error, or a cut; application: its own 5xx; absorbed: no client noticed."),
  ]

  /// - Parameter now: Unix time in milliseconds.
  /// - Returns: nil where `since` is not before `until`.
  static func filter(_ values: AdminValues, at now: Int64) -> IncidentFilter? {
    var filter = IncidentFilter()
    filter.since = values.moment("since", at: now)
    filter.until = values.moment("until", at: now)
    filter.causes = values.all("cause")
    filter.upstream = values["upstream"]
    filter.route = values["route"]
    filter.status = values.integer("status").map { UInt16(clamping: $0) }
    filter.who = values["who"]
    filter.kind = values["kind"].flatMap(IncidentKind.init)
    filter.problem = values.integer("problem")
    if let since = filter.since, let until = filter.until, since >= until { return nil }
    return filter
  }

  static var turned: AdminAnswer {
    .problem(422, "Unprocessable content", "'since' is not before 'until'.")
  }
}
