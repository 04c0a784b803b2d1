public import SluiceCore

/// What a client and the record of the gateway must show for a scenario.
///
/// Written out here instead of being derived from the tables of `Cause`, so that a mistake there is seen.
public struct Expectation: Sendable {
  /// nil: the exchange succeeds.
  public var cause: Cause?
  /// The status that the client gets; nil: the response is aborted after its head.
  public var status: UInt16?
  /// The `error` of the gateway's Proxy-Status; nil where the response is the application's own or was cut.
  public var proxyErrorType: ProxyErrorType?
  /// Who has to act; nil where nothing failed.
  public var owner: Owner?
  /// Causes that are as right: from outside, or within the race of two packets, they cannot be told apart.
  public var alternativeCauses: [Cause]
  /// Whether an abort after the head is as right as `status`: the defect may be seen before or after it was passed on.
  public var mayAbort: Bool
  /// Whether success is as right as the failure: RFC 9112 leaves the choice, or a replay hides it.
  public var maySucceed: Bool
  public var timing: Timing
  /// Causes that look the same from outside although something else went wrong: nobody in front of the origin can tell
  /// them apart, so no gateway is at fault for naming one of them.
  public var indistinguishableFrom: [Cause] = []

  /// Every cause that is right: none where the exchange succeeds.
  public var causes: [Cause] {
    guard let cause else { return [] }
    var all = [cause]
    for other in alternativeCauses + indistinguishableFrom where !all.contains(other) { all.append(other) }
    return all
  }

  /// The same, with causes that cannot be told from it.
  func looksLike(_ causes: Cause...) -> Expectation {
    var copy = self
    copy.indistinguishableFrom = causes
    return copy
  }

  static func passes(
    _ status: UInt16 = 200, noting: [Cause] = [], timing: Timing = .immediate
  ) -> Expectation {
    Expectation(
      cause: nil, status: status, proxyErrorType: nil, owner: nil, alternativeCauses: noting, mayAbort: false,
      maySucceed: true, timing: timing)
  }

  /// The application's own answer, forwarded as it is.
  static func own(_ status: UInt16) -> Expectation {
    Expectation(
      cause: .upstreamStatus, status: status, proxyErrorType: nil, owner: .application, alternativeCauses: [],
      mayAbort: false, maySucceed: false, timing: .immediate)
  }

  static func fails(
    _ cause: Cause, _ status: UInt16, _ type: ProxyErrorType?, _ owner: Owner, or alternatives: [Cause] = [],
    mayAbort: Bool = false, maySucceed: Bool = false, timing: Timing = .immediate
  ) -> Expectation {
    Expectation(
      cause: cause, status: status, proxyErrorType: type, owner: owner, alternativeCauses: alternatives,
      mayAbort: mayAbort, maySucceed: maySucceed, timing: timing)
  }

  static func aborts(
    _ cause: Cause, _ owner: Owner, or alternatives: [Cause] = [], timing: Timing = .immediate
  ) -> Expectation {
    Expectation(
      cause: cause, status: nil, proxyErrorType: nil, owner: owner, alternativeCauses: alternatives, mayAbort: true,
      maySucceed: false, timing: timing)
  }
}
