internal import Glibc

extension LogReader {
  /// Where the log is followed: looks whether its newest file was replaced or became shorter.
  func poll() {
    wake()
    guard let path = set.files.last, path != "-", let current = followed else { return }
    var facts = stat()
    guard stat(path, &facts) == 0 else { return }
    note(written: Int64(facts.st_mtim.tv_sec) * 1000)
    let identity = FileIdentity(device: UInt64(facts.st_dev), inode: UInt64(facts.st_ino))
    if identity != current.identity {
      // As long as the new one is empty, the program may not have opened it.
      if facts.st_size > 0 { replace() }
    } else if facts.st_size < current.taken {
      restart()
    }
  }
}
