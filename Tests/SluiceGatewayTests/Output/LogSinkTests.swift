import Glibc
import Logging
import SluiceCore
import SluiceGateway
import Synchronization
import TestSupport
import Testing

@Suite struct LogSinkTests {
  /// What a sink reported, and a way to wait for it.
  private final class Reports: Sendable {
    private let list = Mutex<[LogSink.Report]>([])

    func add(_ report: LogSink.Report) { list.withLock { $0.append(report) } }
    var all: [LogSink.Report] { list.withLock { $0 } }

    var dropped: (lines: UInt64, bytes: UInt64) {
      all.reduce((0, 0)) { sum, report in
        guard case .dropped(let lines, let bytes) = report else { return sum }
        return (sum.0 + lines, sum.1 + bytes)
      }
    }
  }

  private func line(_ number: Int, padding: Int = 0) -> [UInt8] {
    Array("line \(number)\(String(repeating: ".", count: padding))\n".utf8)
  }

  private func pipeEnds() -> (read: Int32, write: Int32) {
    var ends: [Int32] = [-1, -1]
    #expect(pipe(&ends) == 0)
    return (ends[0], ends[1])
  }

  @Test func whatWasTakenIsWrittenInOrderBeforeTheEnd() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/access.log"
    let sink = try LogSink(.file(path: path))
    for number in 0..<1000 { #expect(sink.offer(line(number))) }
    #expect(sink.stop(within: .seconds(10)))
    #expect(contents(path) == (0..<1000).flatMap { line($0) })
    var status = stat()
    #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o600)
    #expect(!sink.offer(line(0)))
    #expect(sink.counters.droppedLines == 1)
  }

  @Test func aFileThatCannotBeOpenedIsSaidSo() {
    #expect(throws: LogSink.OpenFailure.self) { try LogSink(.file(path: "/nonexistent/folder/access.log")) }
  }

  @Test func anUnreadPipeCostsLinesAndNoTime() async throws {
    let ends = pipeEnds()
    let reports = Reports()
    let sink = try LogSink(.descriptor(ends.write), queueBytesMax: 256 << 10) { reports.add($0) }
    let clock = ContinuousClock()
    var taken = 0
    let time = clock.measure { for number in 0..<3000 where sink.offer(line(number, padding: 1000)) { taken += 1 } }
    #expect(time < .seconds(2))
    #expect(taken < 3000 && sink.counters.droppedLines == UInt64(3000 - taken))
    #expect(sink.counters.queuedBytes <= 256 << 10)
    // Now somebody reads, on a thread's worth of a task; what was taken arrives whole, and the count is told.
    let reader = Task.detached { [read = ends.read] in
      var bytes = 0
      var chunk = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = Glibc.read(read, &chunk, chunk.count)
        guard count > 0 else { return bytes }
        bytes += count
      }
    }
    let expected = 3000 - taken
    #expect(await eventually(within: 10) { reports.dropped.lines == UInt64(expected) })
    #expect(sink.stop(within: .seconds(10)))
    close(ends.write)
    #expect(await reader.value == Int(sink.counters.writtenBytes))
    close(ends.read)
  }

  @Test func aStuckPipeDoesNotKeepTheProcessFromEnding() throws {
    let ends = pipeEnds()
    let sink = try LogSink(.descriptor(ends.write))
    for number in 0..<500 { sink.offer(line(number, padding: 1000)) }
    var isWritten = true
    let time = ContinuousClock().measure { isWritten = sink.stop(within: .milliseconds(200)) }
    #expect(!isWritten)
    #expect(time < .seconds(5))
    #expect(sink.counters.droppedLines > 0)
    close(ends.read)
    close(ends.write)
  }

  @Test func aReaderThatLeavesDoesNotEndTheProcess() async throws {
    let ends = pipeEnds()
    close(ends.read)
    let reports = Reports()
    let sink = try LogSink(.descriptor(ends.write)) { reports.add($0) }
    sink.offer(line(1))
    #expect(await eventually(within: 10) { reports.all == [.failing(errno: EPIPE)] })
    sink.stop(within: .zero)
    close(ends.write)
  }

  @Test func aFullDiskCostsLinesAndIsToldOnce() async throws {
    let reports = Reports()
    let sink = try LogSink(.file(path: "/dev/full"), queueBytesMax: 64 << 10) { reports.add($0) }
    for number in 0..<1000 { sink.offer(line(number, padding: 200)) }
    #expect(await eventually(within: 10) { reports.all == [.failing(errno: ENOSPC)] })
    #expect(sink.counters.droppedLines > 0)
    #expect(sink.counters.queuedBytes <= 64 << 10)
    #expect(!sink.stop(within: .milliseconds(100)))
    #expect(sink.counters.droppedLines == 1000)
  }

  /// Needs the right to mount: elsewhere `/dev/full` above stands for it.
  @Test(.enabled(if: geteuid() == 0))
  func aDiskWithRoomAgainGoesOnWithWholeLines() async throws {
    let folder = try TemporaryFolder()
    guard mount("tmpfs", folder.path, "tmpfs", 0, "size=64k") == 0 else { return }
    defer { umount2(folder.path, Int32(MNT_DETACH)) }
    let path = "\(folder.path)/access.log"
    let filler = "\(folder.path)/filler"
    let descriptor = open(filler, O_WRONLY | O_CREAT, 0o600)
    let zeros = [UInt8](repeating: 0, count: 56 << 10)
    #expect(write(descriptor, zeros, zeros.count) == zeros.count)
    close(descriptor)
    let reports = Reports()
    let sink = try LogSink(.file(path: path), queueBytesMax: 16 << 10) { reports.add($0) }
    for number in 0..<200 { sink.offer(line(number, padding: 300)) }
    #expect(await eventually(within: 10) { reports.all.contains(.failing(errno: ENOSPC)) })
    #expect(unlink(filler) == 0)
    #expect(await eventually(within: 10) { reports.dropped.lines > 0 })
    #expect(sink.stop(within: .seconds(10)))
    let lines = contents(path).split(separator: 0x0A)
    #expect(lines.allSatisfy { $0.starts(with: "line ".utf8) && $0.count > 300 })
    #expect(UInt64(lines.count) + sink.counters.droppedLines == 200)
    #expect(reports.dropped.lines == sink.counters.droppedLines)
  }

  @Test func rotationByRenameLosesNoLine() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/access.log"
    let reports = Reports()
    let sink = try LogSink(.file(path: path)) { reports.add($0) }
    for round in 0..<10 {
      for number in 0..<200 { #expect(sink.offer(line(round * 200 + number))) }
      #expect(rename(path, "\(folder.path)/access.log.\(round)") == 0)
      sink.reopen()
      #expect(await eventually(within: 10) { reports.all.count == round + 1 })
    }
    #expect(sink.stop(within: .seconds(10)))
    let rotated = (0..<10).flatMap { contents("\(folder.path)/access.log.\($0)") }
    #expect(rotated + contents(path) == (0..<2000).flatMap { line($0) })
    #expect(reports.all == Array(repeating: .reopened, count: 10))
  }

  @Test func aLineCutByAFullPipeIsWholeInTheNextFile() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/access.log"
    #expect(mkfifo(path, 0o600) == 0)
    let reader = open(path, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    let reports = Reports()
    let sink = try LogSink(.file(path: path)) { reports.add($0) }
    let whole = (0..<3000).flatMap { line($0, padding: 90) }
    sink.offer(whole, lines: 3000)
    // A pipe holds 64 KiB: the rest of the block waits.
    #expect(
      await eventually(within: 10) {
        var waiting: Int32 = 0
        return ioctl(reader, UInt(FIONREAD), &waiting) == 0 && waiting >= 60 << 10
      })
    #expect(rename(path, "\(folder.path)/fifo") == 0)
    sink.reopen()
    // On a slow machine the full pipe may have been told before.
    #expect(await eventually(within: 10) { reports.all.last == .reopened })
    #expect(sink.stop(within: .seconds(10)))
    let rest = contents(path)
    #expect(!rest.isEmpty && rest.count < whole.count)
    let start = whole.count - rest.count
    #expect(rest.elementsEqual(whole[start...]) && whole[start - 1] == 0x0A)
  }

  @Test func aFailedReopenGoesOnWithTheOldFile() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/access.log"
    let reports = Reports()
    let sink = try LogSink(.file(path: path)) { reports.add($0) }
    #expect(rename(path, "\(folder.path)/old") == 0)
    #expect(mkdir(path, 0o700) == 0)
    sink.reopen()
    #expect(await eventually(within: 10) { reports.all == [.reopenFailed(errno: EISDIR)] })
    sink.offer(line(1))
    #expect(sink.stop(within: .seconds(10)))
    #expect(contents("\(folder.path)/old") == line(1))
    rmdir(path)
  }

  @Test func manyThreadsOfferAndEachLineIsWhole() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/access.log"
    let sink = try LogSink(.file(path: path))
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask { for number in 0..<500 { sink.offer(Array("worker \(worker) \(number)\n".utf8)) } }
      }
    }
    #expect(sink.stop(within: .seconds(10)))
    let lines = contents(path).split(separator: 0x0A).map { String(decoding: $0, as: UTF8.self) }
    #expect(Set(lines) == Set((0..<4).flatMap { worker in (0..<500).map { "worker \(worker) \($0)" } }))
    #expect(lines.count == 2000)
  }

  // MARK: Batches

  private func block(_ number: Int) -> [UInt8] {
    var block: [UInt8] = []
    block.reserveCapacity(WorkerLog.blockBytes + 8192)
    while block.count < WorkerLog.blockBytes { block.append(contentsOf: line(number, padding: 400)) }
    return block
  }

  @Test func tradedBlocksWaitUntilThereIsABatch() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/access.log"
    let sink = try LogSink(.file(path: path))
    var number = 0
    while sink.counters.queuedBytes + block(number).count < LogSink.batchBytes {
      #expect(sink.trade(block(number), lines: 1, isUrgent: false).isEmpty)
      number += 1
    }
    #expect(number > 1)
    try await Task.sleep(for: .milliseconds(200))
    #expect(sink.counters.writtenBytes == 0)
    _ = sink.trade(block(number), lines: 1, isUrgent: false)
    #expect(await eventually(within: 10) { sink.counters.queuedBytes == 0 })
    #expect(contents(path) == (0...number).flatMap { block($0) })
    #expect(sink.stop(within: .seconds(10)))
  }

  @Test func whoHurriesWaitsForNoBatch() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/access.log"
    let sink = try LogSink(.file(path: path))
    _ = sink.trade(block(0), lines: 1, isUrgent: false)
    sink.hurry()
    #expect(await eventually(within: 10) { contents(path) == block(0) })
    _ = sink.trade(block(1), lines: 1, isUrgent: false)
    sink.offer(line(2))
    #expect(await eventually(within: 10) { contents(path) == block(0) + block(1) + line(2) })
    _ = sink.trade(block(3), lines: 1, isUrgent: true)
    #expect(await eventually(within: 10) { contents(path) == block(0) + block(1) + line(2) + block(3) })
    #expect(sink.stop(within: .seconds(10)))
  }

  @Test func theEndWritesWhatWaitsForABatch() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/access.log"
    let sink = try LogSink(.file(path: path))
    _ = sink.trade(block(0), lines: 1, isUrgent: false)
    #expect(sink.stop(within: .seconds(10)))
    #expect(contents(path) == block(0))
    #expect(sink.trade(block(1), lines: 7, isUrgent: false).isEmpty)
    #expect(sink.counters.droppedLines == 7)
  }

  @Test func aRotationWritesWhatWaitsForABatch() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/access.log"
    let sink = try LogSink(.file(path: path))
    _ = sink.trade(block(0), lines: 1, isUrgent: false)
    sink.reopen()
    #expect(await eventually(within: 10) { contents(path) == block(0) })
    #expect(sink.stop(within: .seconds(10)))
  }

  @Test func aQueueSmallerThanABatchLosesOnlyWhatComesTooFast() async throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/access.log"
    let sink = try LogSink(.file(path: path), queueBytesMax: 3 * WorkerLog.blockBytes)
    for number in 0..<100 {
      _ = sink.trade(block(number), lines: 1, isUrgent: false)
      // Two of them do not fill a batch, and are written all the same once the third finds no room.
      if number == 10 { #expect(await eventually(within: 10) { sink.counters.writtenBytes > 0 }) }
    }
    #expect(sink.stop(within: .seconds(10)))
    let counters = sink.counters
    #expect(counters.writtenBytes + counters.droppedBytes == (0..<100).reduce(0) { $0 + UInt64(block($1).count) })
    #expect(counters.writtenBytes == UInt64(contents(path).count))
  }

  @Test func storageComesBackAndSoMuchAtMost() async throws {
    let folder = try TemporaryFolder()
    let sink = try LogSink(.file(path: "\(folder.path)/access.log"))
    let blocks = 3 * LogSink.batchBytes / WorkerLog.blockBytes
    // Handed over by those who take none.
    for number in 0..<blocks { sink.offer(block(number)) }
    #expect(await eventually(within: 10) { sink.counters.queuedBytes == 0 })
    var came = 0
    while true {
      let empty = sink.trade(line(came), lines: 1, isUrgent: false)
      #expect(empty.isEmpty)
      guard empty.capacity > 0 else { break }
      #expect(empty.capacity >= WorkerLog.blockBytes)
      came += 1
    }
    #expect(came == LogSink.batchBytes / WorkerLog.blockBytes)
    #expect(sink.stop(within: .seconds(10)))
  }

  @Test func moreBlocksThanOneCallTakesAreWrittenInTheirOrder() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/access.log"
    let sink = try LogSink(.file(path: path))
    // The thread is busy with the first ones while the others come.
    for number in 0..<150 { _ = sink.trade(block(number), lines: 1, isUrgent: number == 0) }
    #expect(sink.stop(within: .seconds(10)))
    #expect(contents(path) == (0..<150).flatMap { block($0) })
  }
}
