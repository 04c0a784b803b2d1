public import SluiceIncidents

/// `GET /api/v1/deploys`: deploys and other changes of the last day, the latest first.
public struct DeploysDocument: Codable, Equatable, Sendable {
  public var changes: [Change]

  public init(changes: [Change]) { self.changes = changes }
}
