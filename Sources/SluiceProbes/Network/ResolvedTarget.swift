internal import SluiceIncidents

/// A target whose name was looked up, and the time that is left for the looks behind it.
struct ResolvedTarget: Sendable {
  /// nil: the endpoint has no name.
  let resolution: Seen<ResolutionSeen>?
  /// To connect to, with their port, in the order in which the gateway tries them.
  let addresses: [String]
  let course: Course
}
