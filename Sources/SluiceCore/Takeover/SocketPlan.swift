/// Which worker accepts on which socket of one listener.
///
/// Every socket that is there has a worker, since a socket that nobody accepts on keeps clients waiting and one that is
/// closed resets them. It has one only: two that wait for one queue wake each other for nothing. Where more sockets may
/// be opened, each worker has one of its own; where not, what the sockets' workers accept is spread over all.
public struct SocketPlan: Hashable, Sendable {
  /// For each socket, the worker that accepts on it.
  public let acceptors: [Int]
  /// Workers for which a further socket is to be opened.
  public let opensFor: Range<Int>
  /// Accepted connections go to all workers in turn, and not to the one that accepted them.
  public let spreads: Bool

  /// - Parameters:
  ///   - sockets: at least one.
  ///   - workers: at least one.
  ///   - mayOpen: the sockets share their port (SO_REUSEPORT), so that further ones can join.
  public init(sockets: Int, workers: Int, mayOpen: Bool) {
    precondition(sockets > 0 && workers > 0, "a plan without a socket or without a worker")
    acceptors = (0..<sockets).map { $0 % workers }
    opensFor = mayOpen && sockets < workers ? sockets..<workers : workers..<workers
    spreads = !mayOpen && sockets < workers
  }
}
