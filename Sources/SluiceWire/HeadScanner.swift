/// Finds the end of a head while its bytes arrive.
public struct HeadScanner: Sendable {
  public let role: MessageRole
  public let limits: HeadLimits

  public init(role: MessageRole, limits: HeadLimits = HeadLimits()) {
    self.role = role
    self.limits = limits
  }

  /// Looks at what has arrived since the last call. `bytes` always begins with the first byte of the message.
  public mutating func scan(_ bytes: RawSpan) -> HeadScan {
    .incomplete
  }

  /// Forgets the message; the next call begins another.
  public mutating func reset() {
    self = HeadScanner(role: role, limits: limits)
  }
}
