internal import Glibc

/// A thread of the operating system: what waits for disks, pipes and locks may not hold one of a shared pool.
public enum SystemThread {
  /// Starts a detached thread with all signals blocked: signals are for the main thread. SIGPIPE must not end the
  /// process where a log's reader goes away, nor SIGXFSZ where a file comes to its limit.
  ///
  /// - Returns: false where the system has no thread left.
  public static func start(_ run: @escaping @Sendable () -> Void) -> Bool {
    let body = Unmanaged.passRetained(SystemThreadBody(run))
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
        if let argument { Unmanaged<SystemThreadBody>.fromOpaque(argument).takeRetainedValue().run() }
        return nil
      }, body.toOpaque())
    if result != 0 { body.release() }
    return result == 0
  }
}

/// What a new thread is to do, on its way through a C pointer.
private final class SystemThreadBody {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
