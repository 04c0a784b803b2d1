internal import NIOPosix

/// Threads of their own for the verification of certificates: a signature takes as long as a hundred small requests,
/// and an event loop must not wait for one.
final class VerificationThreads: TaskExecutor {
  /// Threads.
  static let count = 2

  private let pool = NIOThreadPool(numberOfThreads: count)

  init() { pool.start() }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let executor = asUnownedTaskExecutor()
    // Also where the pool is stopping: a task that is never run keeps what it holds for ever.
    pool.submit { _ in job.runSynchronously(on: executor) }
  }

  func stop() { pool.shutdownGracefully { _ in } }
}
