internal import NIOCore

/// Emptying a listening socket's queue before it is closed.
enum AcceptQueue {
  /// Turns of the loop after which closing goes on although clients still arrive.
  static let turnsMax = 256

  /// The socket is level-triggered: a turn of the loop in which nothing was accepted found the queue empty.
  ///
  /// - Parameter workers: where what is accepted goes.
  static func drain(_ channel: any Channel, of workers: [WorkerHandle]) async {
    var accepted = UInt64.max
    for _ in 0..<turnsMax {
      var now: UInt64 = 0
      for worker in workers { now += (try? await worker.ask { $0.counters.accepted }) ?? 0 }
      guard now != accepted else { return }
      accepted = now
      // One turn for the poll, one for what it found.
      try? await channel.eventLoop.submit {}.get()
      try? await channel.eventLoop.submit {}.get()
    }
  }
}
