internal import Glibc

/// A thread of the operating system: the store waits for locks and disks, which no shared pool of threads may do.
enum StoreThread {
  /// Starts a detached thread with all signals blocked: signals are for the main thread, and SIGXFSZ must not end the
  /// process where the store's file comes to a limit.
  ///
  /// - Returns: false where the system has no thread left.
  static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
    let body = Unmanaged.passRetained(StoreThreadBody(run))
    var attributes = pthread_attr_t()
    guard pthread_attr_init(&attributes) == 0 else {
      body.release()
      return false
    }
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    let result = pthread_create(
      &thread, &attributes,
      { argument in
        if let argument { Unmanaged<StoreThreadBody>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
    if result != 0 { body.release() }
    return result == 0
  }
}

/// What the store's thread is to do, on its way through a C pointer.
private final class StoreThreadBody {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
