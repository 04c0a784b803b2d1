import Synchronization
import UnixSignals

/// Whether somebody has had enough: SIGINT or SIGTERM came.
final class EndFlag: Sendable {
  private let flag = Mutex(false)

  var isSet: Bool { flag.withLock { $0 } }

  /// From now on signals set the flag and no longer end the process.
  static func onSignals() async -> EndFlag {
    let end = EndFlag()
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    Task {
      for await _ in signals { break }
      end.flag.withLock { $0 = true }
    }
    return end
  }
}
