internal import NIOCore
internal import Synchronization

/// The way to a worker from other threads: work hops to its loop.
final class WorkerHandle: Sendable {
  let index: Int
  let loop: any EventLoop
  private let bound: Mutex<NIOLoopBound<Worker>?> = Mutex(nil)

  init(index: Int, loop: any EventLoop) {
    self.index = index
    self.loop = loop
  }

  /// On the loop, once, before any `run`.
  func bind(_ worker: Worker) {
    let bound = NIOLoopBound(worker, eventLoop: loop)
    self.bound.withLock { $0 = bound }
  }

  /// Ends the cycle between the worker and its handle; what comes later is dropped.
  func unbind() { bound.withLock { $0 = nil } }

  func run(_ body: @escaping @Sendable (Worker) -> Void) {
    loop.execute { [self] in
      guard let bound = bound.withLock({ $0 }) else { return }
      body(bound.value)
    }
  }

  /// On the loop already: at once.
  func here<Answer>(_ body: (Worker) throws -> Answer) rethrows -> Answer? {
    loop.preconditionInEventLoop()
    guard let bound = bound.withLock({ $0 }) else { return nil }
    return try body(bound.value)
  }

  /// Asks the worker something and waits for the answer without blocking a thread.
  func ask<Answer: Sendable>(_ body: @escaping @Sendable (Worker) -> Answer) async throws -> Answer {
    // A loop that was shut down never answers.
    guard bound.withLock({ $0 != nil }) else { throw ChannelError.ioOnClosedChannel }
    return try await loop.submit { [self] in
      guard let bound = bound.withLock({ $0 }) else { throw ChannelError.ioOnClosedChannel }
      return body(bound.value)
    }.get()
  }
}
