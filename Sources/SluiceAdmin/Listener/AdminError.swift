/// Why there is no admin address.
public struct AdminError: Error, Equatable, CustomStringConvertible {
  public var address: String
  public var reason: String

  public var description: String { "the admin address \(address) cannot be opened: \(reason)" }
}
