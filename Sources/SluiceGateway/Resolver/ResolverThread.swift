internal import CCares
internal import Glibc

/// A POSIX thread, because a thread that is to be joined is all that is needed.
enum ResolverThread {
  static let name = "sluice-dns"

  fileprivate final class Body: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  static func start(_ run: @escaping @Sendable () -> Void) throws(ResolverError) -> pthread_t {
    let body = Unmanaged.passRetained(Body(run))
    var thread = pthread_t()
    // Signals belong to the threads that wait for them. A thread begins with its maker's mask, so the maker's is
    // changed for that moment: set by the new thread itself, the mask would come too late for a signal at its start.
    var all = sigset_t()
    var before = sigset_t()
    sigfillset(&all)
    // A trap's signal goes to the thread that trapped, and its handler writes the backtrace.
    for own in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT] { sigdelset(&all, own) }
    pthread_sigmask(SIG_SETMASK, &all, &before)
    let code = pthread_create(&thread, nil, threadEntered, body.toOpaque())
    pthread_sigmask(SIG_SETMASK, &before, nil)
    guard code == 0 else {
      body.release()
      throw .system(errno: code)
    }
    return thread
  }
}

private func threadEntered(context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  sluice_name_this_thread(ResolverThread.name)
  if let context { Unmanaged<ResolverThread.Body>.fromOpaque(context).takeRetainedValue().run() }
  return nil
}

enum CaresLibrary {
  /// The library's own set-up, once for the process: its counterpart is never called, as other code may use the
  /// library too.
  static let initialised: Int32 = ares_library_init(ARES_LIB_INIT_ALL)
}
