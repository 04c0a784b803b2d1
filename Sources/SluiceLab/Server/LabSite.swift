/// What stands behind one address: what it says at accept, and how it answers a request.
struct LabSite: Sendable {
  /// Performed as soon as a connection is there, before anything is read.
  var greeting: [Step]?
  var script: @Sendable (LabRequest) -> [Step]
}
