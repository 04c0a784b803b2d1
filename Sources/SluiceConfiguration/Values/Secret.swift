/// A text that stands in no log, no message and no dump: whoever prints the value that holds it prints `(secret)`.
public struct Secret: Sendable, Hashable {
  /// What it really is, for the one place that needs it.
  public let value: String

  public init(_ value: String) { self.value = value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "(secret)" }
  public var debugDescription: String { "(secret)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
