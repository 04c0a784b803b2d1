/// Which pooled connection an attempt may take.
public enum LeaseRule: UInt8, CaseIterable, Hashable, Sendable {
  /// Any: should it turn out to be closed, the request is sent again.
  case any
  /// One that is young by proof (`IdleAges.proven`): the request may not be sent again.
  case proven
  /// None: the attempt before met a connection that was closed.
  case fresh
}
