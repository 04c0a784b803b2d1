import Foundation
import Logging
import SluiceConfiguration
import SluiceCore
import SluiceGateway
import SluiceProbes

/// How `sluice run` starts a gateway: with sockets of its own, of systemd's, or of the gateway that it takes over from.
struct GatewayStart {
  let configuration: Configuration
  let name: String
  let output: GatewayOutput
  let environment: [String: String]
  let takesOver: Bool

  private var logger: Logger { output.logger }
  private var folder: TakeoverFolder { Installation.takeoverFolder(environment) }

  func run() async throws -> RunningGateway {
    let session =
      takesOver ? try await TakeoverSession.begin(in: folder, for: configuration.listeners.map(\.address)) : nil
    if takesOver, session == nil { logger.notice("no gateway of this user listens there: nothing to take over") }
    let gateway: Gateway
    do {
      gateway = try await Gateway.start(
        configuration, name: name, output: output, logger: logger,
        inheritance: Inheritance(passed: passed, session: session))
    } catch let error as ListenError where error.isTaken && !takesOver {
      throw await holder(of: error.address).map { AddressTaken(error: error, holder: $0) } ?? error
    }
    let places = await gateway.addresses.joined(separator: ", ")
    logger.notice("\(name) listens on \(places)\(session.map { predecessor($0.gateway) } ?? "")")
    let notifier = ServiceNotifier(environment: environment)
    notifier.ready(isSuccessor: session != nil)
    let (released, continuation) = AsyncStream<Void>.makeStream()
    let watch = EndpointWatch(
      keep: { [output] in output.note($0, of: $1, in: $2) }, onChange: { _ = gateway.note($0) })
    watch.adopt(configuration)
    return RunningGateway(
      gateway: gateway, desk: desk(of: gateway) { continuation.finishing() }, notifier: notifier, watch: watch,
      released: released)
  }

  private func predecessor(_ identity: TakeoverIdentity) -> String {
    ", taken over from \(identity.name) (process \(identity.process), generation \(identity.generation))"
  }

  /// What systemd passes on.
  private var passed: ListenFDs {
    let passed = ListenFDs(environment: environment, process: getpid())
    if case .malformed(let reason) = passed { logger.warning("passed sockets are left alone: \(reason)") }
    return passed
  }

  private func desk(of gateway: Gateway, _ onRelease: @escaping @Sendable () -> Void) -> TakeoverDesk? {
    do {
      return try TakeoverDesk.open(in: folder, of: gateway, logger: logger, onRelease: onRelease)
    } catch {
      logger.warning("this gateway cannot be taken over: \(error)")
      return nil
    }
  }

  private func holder(of address: ListenAddress) async -> TakeoverIdentity? {
    let running = (try? await TakeoverSession.gateways(in: folder)) ?? []
    return running.first { $0.addresses.contains(address.description) }
  }
}

/// A gateway and what belongs to its process.
struct RunningGateway: Sendable {
  let gateway: Gateway
  /// nil: it cannot be taken over.
  let desk: TakeoverDesk?
  let notifier: ServiceNotifier
  /// Of the endpoints that lie on this machine.
  let watch: EndpointWatch
  /// One element when another process has taken the sockets over.
  let released: AsyncStream<Void>
}

/// An address that another gateway of this user listens on.
struct AddressTaken: Error, CustomStringConvertible {
  let error: ListenError
  let holder: TakeoverIdentity

  var description: String {
    "cannot listen on \(error.address): \(holder.name) (process \(holder.process)) listens there; "
      + "start with --takeover to take its sockets over without losing a request, or stop it"
  }
}

extension AsyncStream<Void>.Continuation {
  /// Yields once and ends.
  func finishing() {
    yield()
    finish()
  }
}
