internal import Synchronization

/// A block's bytes and what scans them: as many as blocks are scanned at once.
final class ScanLane: Sendable {
  private struct State: ~Copyable {
    var buffer: [UInt8]
    var count = 0
    var scanner: BlockScanner
  }

  private let state: Mutex<State>

  init(_ table: LogFormatTable, _ range: ScanRange, blockBytes: Int) {
    state = Mutex(
      State(buffer: [UInt8](repeating: 0, count: blockBytes), scanner: BlockScanner(table.copy(), range)))
  }

  /// Reads the next block of a log.
  func fill(from reader: LogReader) -> FilledBlock? {
    state.withLock { state in
      let block = reader.fill(&state.buffer)
      state.count = block?.count ?? 0
      return block
    }
  }

  func scan(_ task: BlockTask) -> BlockResult {
    state.withLock { state in
      let buffer = state.buffer
      return state.scanner.scan(buffer.span.bytes.extracting(0..<state.count), task)
    }
  }

  func addTally(to tally: inout TrafficTally) {
    let part = state.withLock { state in
      var part = TrafficTally()
      state.scanner.addTally(to: &part)
      return part
    }
    tally.add(part)
  }
}
