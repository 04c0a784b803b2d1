/// Where a gateway stands that gives its listening sockets to a newer one.
enum GivingAway: Equatable {
  case nothing
  /// Another process has copies, and has not said yet that it accepts.
  case offered
  /// Another process accepts: we do not.
  case all
}
