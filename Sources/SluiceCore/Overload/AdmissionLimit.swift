/// What keeps a request waiting for its permit, or refuses it.
public enum AdmissionLimit: UInt8, Hashable, Sendable, CaseIterable {
  /// `limits.requests`, which the operator chose.
  case configured
  /// The adaptive limit, which is lower at the moment.
  case adaptive

  /// The queue in front of the limit is full.
  public var refusalCause: Cause {
    switch self {
    case .configured: .poolQueueFull
    case .adaptive: .adaptiveLimitShed
    }
  }

  /// A place in the queue was held for longer than the queue allows.
  public var timeoutCause: Cause {
    switch self {
    case .configured: .poolQueueTimeout
    case .adaptive: .adaptiveLimitShed
    }
  }

  /// As it stands in records and incidents.
  public var identifier: String {
    switch self {
    case .configured: "configured"
    case .adaptive: "adaptive"
    }
  }
}
