internal import Glibc

/// One run of another program: its arguments without a shell between, with an end, and with a bound on what it may say.
///
/// It blocks its thread; `Look.blocking` gives it one. The program reads nothing, and runs in a process group of its
/// own, which is ended as a whole where the limit is reached.
struct ProgramRun: Equatable, Sendable {
  enum End: Equatable, Sendable {
    case exited(status: Int32)
    case signalled(Int32)
    /// It was not there, or could not be started: the errno.
    case notStarted(errno: Int32)
    case timedOut
    /// It said more than the bound, and was ended.
    case cut
  }

  var end: End
  var output: [UInt8] = []
  /// What it complained, at most `errorBytesMax`.
  var errors: [UInt8] = []

  static let errorBytesMax = 8192

  var errorText: String { String(decoding: errors, as: UTF8.self) }
  var isSuccess: Bool { end == .exited(status: 0) }
}

extension ProgramRun {
  /// - Parameters:
  ///   - program: Its name, looked for in PATH, or its path.
  ///   - limit: From start to end.
  ///   - bytesMax: Of standard output.
  static func run(_ program: String, _ arguments: [String], within limit: Duration, bytesMax: Int) -> ProgramRun {
    var (output, errors) = (PipeEnds(), PipeEnds())
    guard output.open(), errors.open() else {
      defer { output.close(); errors.close() }
      return ProgramRun(end: .notStarted(errno: EMFILE))
    }
    var process: pid_t = 0
    let failure = start(program, arguments, output: output, errors: errors, process: &process)
    output.closeWriting()
    errors.closeWriting()
    defer { output.close(); errors.close() }
    guard failure == 0 else { return ProgramRun(end: .notStarted(errno: failure)) }
    let deadline = ProbeClock.milliseconds() + limit.milliseconds
    var run = ProgramRun(end: .timedOut)
    let isWhole = run.read(output: output.reading, errors: errors.reading, bytesMax: bytesMax, until: deadline)
    if isWhole, let status = wait(for: process, until: deadline) {
      run.end = status & 0x7F == 0 ? .exited(status: status >> 8 & 0xFF) : .signalled(status & 0x7F)
      return run
    }
    kill(-process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) == -1, errno == EINTR {}
    return run
  }

  /// The words of the C locale, and no colours, whatever the environment of the caller says.
  private static let settings = ["LC_ALL=C", "SYSTEMD_COLORS=0", "SYSTEMD_PAGER=", "TERM=dumb"]

  private static func start(
    _ program: String, _ arguments: [String], output: PipeEnds, errors: PipeEnds, process: inout pid_t
  ) -> Int32 {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_adddup2(&actions, output.writing, 1)
    posix_spawn_file_actions_adddup2(&actions, errors.writing, 2)
    // Whatever the gateway has opened is none of the program's business.
    for descriptor in openDescriptors() where descriptor > 2 {
      posix_spawn_file_actions_addclose(&actions, descriptor)
    }
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    let path = getenv("PATH").map { "PATH=" + String(cString: $0) }
    let words = ([program] + arguments).map { strdup($0) }
    let environment = (settings + [path].compactMap { $0 }).map { strdup($0) }
    defer { (words + environment).forEach { free($0) } }
    return posix_spawnp(&process, program, &actions, &attributes, words + [nil], environment + [nil])
  }

  /// Those of this process. One that is closed meanwhile is no failure of the start.
  private static func openDescriptors() -> [Int32] {
    guard let folder = opendir("/proc/self/fd") else { return [] }
    defer { closedir(folder) }
    var descriptors: [Int32] = []
    while let entry = readdir(folder) {
      let number = withUnsafeBytes(of: &entry.pointee.d_name) { name in
        Int32(String(decoding: name.prefix { $0 != 0 }, as: UTF8.self))
      }
      if let number { descriptors.append(number) }
    }
    return descriptors
  }

  /// Reads both until both end.
  ///
  /// - Returns: false where the time was over or the bound was met; `end` then says which.
  private mutating func read(output: Int32, errors: Int32, bytesMax: Int, until deadline: Double) -> Bool {
    var open = [output, errors]
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while !open.isEmpty {
      let left = deadline - ProbeClock.milliseconds()
      guard left > 0 else { return false }
      var wanted = open.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
      guard poll(&wanted, nfds_t(wanted.count), Int32(min(left, 1000)) + 1) >= 0 || errno == EINTR else { return false }
      for ready in wanted where ready.revents != 0 {
        let count = Glibc.read(ready.fd, &chunk, chunk.count)
        if count < 0, errno == EINTR || errno == EAGAIN { continue }
        guard count > 0 else {
          open.removeAll { $0 == ready.fd }
          continue
        }
        if ready.fd == output {
          self.output += chunk.prefix(min(count, bytesMax - self.output.count))
          if self.output.count == bytesMax {
            end = .cut
            return false
          }
        } else {
          self.errors += chunk.prefix(min(count, Self.errorBytesMax - self.errors.count))
        }
      }
    }
    return true
  }

  /// - Returns: what waitpid tells; nil where the time was over.
  private static func wait(for process: pid_t, until deadline: Double) -> Int32? {
    var status: Int32 = 0
    while true {
      let ended = waitpid(process, &status, WNOHANG)
      if ended == process { return status }
      if ended == -1, errno != EINTR { return nil }
      guard ProbeClock.milliseconds() < deadline else { return nil }
      usleep(1000)
    }
  }
}

/// The two ends of a pipe; each is closed once.
private struct PipeEnds {
  var reading: Int32 = -1
  var writing: Int32 = -1

  mutating func open() -> Bool {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { return false }
    (reading, writing) = (ends[0], ends[1])
    // So that a program that another thread starts does not hold them open.
    _ = fcntl(reading, F_SETFD, FD_CLOEXEC)
    _ = fcntl(writing, F_SETFD, FD_CLOEXEC)
    return true
  }

  mutating func closeWriting() {
    if writing >= 0 { Glibc.close(writing) }
    writing = -1
  }

  mutating func close() {
    if reading >= 0 { Glibc.close(reading) }
    reading = -1
    closeWriting()
  }
}
