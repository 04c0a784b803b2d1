/// A set of known fields in one word.
public struct KnownFieldSet: OptionSet, Hashable, Sendable {
  public let rawValue: UInt64

  @inlinable
  public init(rawValue: UInt64) {
    self.rawValue = rawValue
  }

  /// The set of one field; `.unknown` gives the empty set.
  @inlinable
  @inline(__always)
  public init(_ field: KnownField) {
    rawValue = (1 &<< UInt64(field.rawValue)) & ~1
  }

  @inlinable
  public init(_ fields: KnownField...) {
    rawValue = fields.reduce(0) { $0 | KnownFieldSet($1).rawValue }
  }

  @inlinable
  @inline(__always)
  public func contains(_ field: KnownField) -> Bool {
    rawValue & KnownFieldSet(field).rawValue != 0
  }

  @inlinable
  @inline(__always)
  public mutating func insert(_ field: KnownField) {
    self = KnownFieldSet(rawValue: rawValue | KnownFieldSet(field).rawValue)
  }

  /// Fields that are for one connection only, named in `Connection` or not (RFC 9110 7.6.1, 7.8, 10.1.4).
  ///
  /// Computed, because it folds into a constant: a stored one would be checked for being built at every field line.
  @inlinable
  public static var hopByHop: KnownFieldSet {
    var set = KnownFieldSet(.connection)
    set.insert(.keepAlive)
    set.insert(.proxyConnection)
    set.insert(.te)
    set.insert(.transferEncoding)
    set.insert(.upgrade)
    set.insert(.http2Settings)
    return set
  }
}
