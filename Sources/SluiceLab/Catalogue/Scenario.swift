/// One way in which an origin can behave, and what a gateway in front of it must make of that.
///
/// Scenarios are data: tests, the lab's command and the documentation read the same list.
public struct Scenario: Sendable {
  /// Unique, lower case with hyphens.
  public let name: String
  /// One sentence: what the origin does.
  public let summary: String
  /// The row of the failure catalogue, nil for healthy behaviour.
  public let row: Int?
  public let reach: Reach
  /// What a gateway has to speak to see it.
  public var transport = LabTransport.http1
  /// What a client must send to see it.
  public let request: RequestHint
  public let expected: Expectation
  /// What the lab does.
  let service: LabService

  /// The request target that shows it: any will do where the scenario has an address of its own.
  public var target: String {
    if case .path(let target) = reach { target } else { "/" }
  }
}
