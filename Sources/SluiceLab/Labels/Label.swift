public import SluiceCore

/// One request that was sent through a gateway, and the truth about it: what a reader of the gateway's logs is judged
/// by.
public struct Label: Sendable, Equatable {
  /// What the client saw.
  public enum Outcome: String, Sendable, CaseIterable {
    case whole
    /// The response ended before its end.
    case cut
    /// The connection ended without a response.
    case closed
    /// What came is no response.
    case garbage
    /// The client had waited for long enough and left.
    case left
    /// It was never sent: the request before it on its connection had failed.
    case unsent
  }

  /// Stands in the request's query and in its Referer.
  public var marker: String
  public var scenario: String
  /// What the gateway had to speak to the origin.
  public var transport: LabTransport
  public var method: String
  public var path: String
  /// nil: the origin was well.
  public var cause: Cause?
  /// Causes that are as true: two packets may overtake each other, or two limits are reached by the same bytes.
  public var alternatives: [Cause]
  /// Other faults that look the same to everybody in front of the origin.
  public var indistinguishable: [Cause]
  public var status: UInt16?
  public var outcome: Outcome

  /// One object in one line.
  public var json: String {
    LabText.object([
      ("marker", LabText.string(marker)), ("scenario", LabText.string(scenario)),
      ("transport", LabText.string(transport.rawValue)), ("method", LabText.string(method)),
      ("path", LabText.string(path)), ("cause", LabText.string(cause?.identifier)),
      ("alternatives", LabText.array(alternatives.map { LabText.string($0.identifier) })),
      ("indistinguishable", LabText.array(indistinguishable.map { LabText.string($0.identifier) })),
      ("status", LabText.number(status.map { Int($0) })), ("outcome", LabText.string(outcome.rawValue)),
    ])
  }
}
