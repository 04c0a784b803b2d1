internal import Glibc

/// For which of its descriptors the threads of a process wait, as far as the kernel tells.
///
/// `/proc/PID/task/TID/syscall` has the call's arguments: the descriptor itself, or for poll(2) where the list of them
/// stands in the process's memory, which is read and never written. Both need the right to trace the process.
enum WaitingThreads {
  /// Threads of one process that are looked at.
  static let threadsMax = 128
  /// Descriptors of one poll: a program that waits for more serves many connections at once.
  static let polledMax: UInt64 = 4

  #if arch(x86_64)
    /// read, write, readv, writev, connect, sendto, recvfrom, sendmsg, recvmsg
    private static let calls: Set<Int> = [0, 1, 19, 20, 42, 44, 45, 46, 47]
    /// poll, ppoll
    private static let polls: Set<Int> = [7, 271]
  #elseif arch(arm64)
    private static let calls: Set<Int> = [63, 64, 65, 66, 203, 206, 207, 211, 212]
    private static let polls: Set<Int> = [73]
  #else
    private static let calls: Set<Int> = []
    private static let polls: Set<Int> = []
  #endif

  /// One entry for each thread that waits, with the descriptors that it waits for.
  static func descriptors(of process: Int32) -> [[Int32]] {
    let folder = ProcessTable.folder(process)
    let threads = (try? SystemFile.names(in: folder + "/task", max: threadsMax).get()) ?? []
    return threads.compactMap { thread in
      guard let text = SystemFile.text("\(folder)/task/\(thread)/syscall", bytesMax: 512),
        let call = ProcessTexts.call(text)
      else { return nil }
      if calls.contains(call.number) { return [Int32(truncatingIfNeeded: call.arguments[0])] }
      guard polls.contains(call.number), 1...polledMax ~= call.arguments[1] else { return nil }
      return polled(process, at: call.arguments[0], count: Int(call.arguments[1]))
    }
  }

  private static func polled(_ process: Int32, at address: UInt64, count: Int) -> [Int32]? {
    guard let offset = Int64(exactly: address) else { return nil }
    let descriptor = open(ProcessTable.folder(process) + "/mem", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let width = MemoryLayout<pollfd>.stride
    var bytes = [UInt8](repeating: 0, count: count * width)
    guard pread(descriptor, &bytes, bytes.count, off_t(offset)) == bytes.count else { return nil }
    return (0..<count).compactMap { bytes.number(Int32.self, at: $0 * width) }.filter { $0 >= 0 }
  }
}
