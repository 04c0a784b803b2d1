internal import CZlib

/// Reads gzip whose members may follow each other: logs are appended to.
final class Inflater {
  /// What came of a step.
  enum Outcome: Equatable {
    case more
    /// A member ended.
    case ended
    case broken(String)
  }

  /// zlib remembers where the stream stands in memory, so it may not move.
  private let stream: UnsafeMutablePointer<z_stream>
  private let isReady: Bool

  init() {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    isReady = sluice_inflate_gzip(stream) == Z_OK
  }

  deinit {
    if isReady { inflateEnd(stream) }
    stream.deinitialize(count: 1)
    stream.deallocate()
  }

  /// Takes from `input[taken...]`, and writes to `output[filled...]`.
  func step(
    _ input: [UInt8], _ taken: inout Int, to inputEnd: Int, _ output: inout [UInt8], _ filled: inout Int,
    to outputEnd: Int
  ) -> Outcome {
    guard isReady else { return .broken("there is no memory to unpack it") }
    precondition(taken <= inputEnd && inputEnd <= input.count && filled <= outputEnd && outputEnd <= output.count)
    let available = (input: inputEnd - taken, output: outputEnd - filled)
    let code = input.withUnsafeBytes { source in
      output.withUnsafeMutableBytes { target -> Int32 in
        guard let from = source.baseAddress, let to = target.baseAddress else { return Z_BUF_ERROR }
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: (from + taken).bindMemory(to: UInt8.self, capacity: available.input))
        stream.pointee.avail_in = UInt32(clamping: available.input)
        stream.pointee.next_out = (to + filled).bindMemory(to: UInt8.self, capacity: available.output)
        stream.pointee.avail_out = UInt32(clamping: available.output)
        defer {
          stream.pointee.next_in = nil
          stream.pointee.next_out = nil
        }
        return inflate(stream, Z_NO_FLUSH)
      }
    }
    taken += available.input - Int(stream.pointee.avail_in)
    filled += available.output - Int(stream.pointee.avail_out)
    switch code {
    case Z_STREAM_END:
      inflateReset(stream)
      return .ended
    case Z_OK, Z_BUF_ERROR: return .more
    default:
      return .broken(stream.pointee.msg.map { String(cString: $0) } ?? "zlib's error \(code)")
    }
  }
}
