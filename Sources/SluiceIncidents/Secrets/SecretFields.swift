/// The fields whose values are never stored: credentials and session cookies, and what the configuration adds.
public struct SecretFields: Sendable, Equatable {
  /// Names in lower case.
  private let names: Set<[UInt8]>
  let longest: Int

  public static let always = ["authorization", "proxy-authorization", "cookie", "set-cookie"]

  /// - Parameter configured: More names, in any case.
  public init(configured: [String] = []) {
    names = Set((Self.always + configured).map { Array($0.lowercased().utf8) })
    longest = names.map(\.count).max() ?? 0
  }

  public func contains(_ name: [UInt8]) -> Bool {
    guard name.count <= longest else { return false }
    return names.contains(name.map { $0 &- 0x41 < 26 ? $0 | 0x20 : $0 })
  }
}
