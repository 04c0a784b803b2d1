internal import NIOCore
internal import NIOSSL
internal import SluiceConfiguration
internal import Synchronization

/// Who has come in at an admin address, and what is in force there.
///
/// # Why this way
/// A certificate is asked for once for each connection, and a token with each request. Where one takes the place of the
/// other, a connection that came in by the old rule must not meet the new one, so both are kept together, each
/// connection knows by which context it came in, and a new context ends those of the one before.
final class AdminEntrance: Sendable {
  private struct State {
    var configuration: AdminConfiguration
    /// nil: plain HTTP.
    var context: NIOSSLContext?
    var open: [ObjectIdentifier: (channel: any Channel, context: NIOSSLContext?)] = [:]
  }

  private let state: Mutex<State>

  init(_ configuration: AdminConfiguration, _ context: NIOSSLContext?) {
    state = Mutex(State(configuration: configuration, context: context))
  }

  var isSecure: Bool { state.withLock { $0.context != nil } }

  /// A connection begins.
  ///
  /// - Returns: what its handshake is made with; nil: none is.
  func admit(_ channel: any Channel) -> NIOSSLContext? {
    let identifier = ObjectIdentifier(channel)
    let context = state.withLock { state in
      state.open[identifier] = (channel, state.context)
      return state.context
    }
    channel.closeFuture.whenComplete { _ in self.state.withLock { $0.open[identifier] = nil } }
    return context
  }

  /// What holds for a request; nil: its connection came in by what holds no more, and is about to be closed.
  func configuration(for channel: any Channel) -> AdminConfiguration? {
    state.withLock { state in
      guard let entry = state.open[ObjectIdentifier(channel)], entry.context === state.context else { return nil }
      return state.configuration
    }
  }

  /// - Parameter context: nil: plain HTTP from now on.
  func adopt(_ configuration: AdminConfiguration, _ context: NIOSSLContext?) {
    let gone = state.withLock { state in
      (state.configuration, state.context) = (configuration, context)
      return state.open.values.filter { $0.context !== context }.map(\.channel)
    }
    for channel in gone { channel.close(promise: nil) }
  }

  /// The same settings with new certificates.
  func renew(_ context: NIOSSLContext) { adopt(state.withLock { $0.configuration }, context) }
}
