/// What the store has to say of itself, for the gateway's log. Each state is told when it begins and when it ends.
public enum StoreReport: Equatable, Sendable {
  /// Nothing can be stored; told once until it works again.
  case failing(StoreFailure, path: String)
  /// It works again. So many incidents were dropped meanwhile; they are counted in their problems.
  case working(dropped: UInt64, path: String)
  /// It works, but more came than it could take.
  case dropped(UInt64, path: String)
  /// The file was damaged or no database; it was moved, and a new one is begun.
  case movedAside(path: String, to: String, because: String)
}

extension StoreReport: CustomStringConvertible {
  public var description: String {
    switch self {
    case .failing(let failure, let path): "incidents are not stored in \(path): \(failure)"
    case .working(let dropped, let path): "incidents are stored in \(path) again; \(dropped) were dropped"
    case .dropped(let count, let path): "\(count) incidents were dropped: more came than \(path) could take"
    case .movedAside(let path, let target, let reason):
      "\(path) was damaged (\(reason)); it is now \(target), and a new one was begun"
    }
  }
}
