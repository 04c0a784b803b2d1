internal import Glibc
public import SluiceConfiguration
public import SluiceCore
internal import SluiceIncidents
internal import Synchronization

/// The newer gateway's end of a takeover: finds the older one, gets its sockets, tells it when they are accepted on.
///
/// Everything here waits for another process: on a thread of its own (`offThread`).
public final class TakeoverSession: Sendable {
  /// Who gives.
  public let gateway: TakeoverIdentity
  private let connection: TakeoverConnection
  private let machine: Mutex<TakeoverTaker>
  /// In the order of the offer.
  let sockets: [ListeningSocket]

  private init(
    _ gateway: TakeoverIdentity, _ connection: TakeoverConnection, _ machine: TakeoverTaker,
    _ sockets: [ListeningSocket]
  ) {
    self.gateway = gateway
    self.connection = connection
    self.machine = Mutex(machine)
    self.sockets = sockets
  }

  // MARK: Finding

  /// The gateways of this user that run, without what is left of those that have ended.
  public static func gateways(in folder: TakeoverFolder) async throws -> [TakeoverIdentity] {
    try await offThread { try find(in: folder).map(\.identity) }
  }

  private struct Found {
    var identity: TakeoverIdentity
    var connection: TakeoverConnection
  }

  private static func find(in folder: TakeoverFolder) throws -> [Found] {
    let opened = try folder.open()
    var found: [Found] = []
    for name in opened.sockets(atMost: TakeoverFolder.gatewaysMax) {
      do {
        let connection = try TakeoverConnection.connect(to: opened.path(of: name))
        connection.setPatience(TakeoverTime.question)
        guard connection.send(.identify), case .message(.identity(let identity), _) = connection.receive() else {
          continue
        }
        found.append(Found(identity: identity, connection: connection))
      } catch .system(_, ECONNREFUSED) {
        opened.remove(name)
      } catch {
        continue
      }
    }
    return found
  }

  // MARK: Taking

  /// Takes the sockets of the gateway that holds addresses of ours; nil where none does.
  ///
  /// - Parameter listeners: the addresses of our configuration.
  /// - Throws: `TakeoverError`.
  public static func begin(
    in folder: TakeoverFolder, for listeners: [ListenAddress]
  ) async throws -> TakeoverSession? {
    try await offThread {
      let bound = listeners.compactMap { Inheritance.resolved($0)?.description }
      let wanted = Set(listeners.map(\.description) + bound)
      let found = try find(in: folder)
      switch TakeoverChoice.among(found.map(\.identity), for: wanted) {
      case .none: return nil
      case .several(let indices): throw TakeoverError.several(indices.map { found[$0].identity })
      case .one(let index): return try take(from: found[index])
      }
    }
  }

  private static func take(from found: Found) throws -> TakeoverSession {
    let connection = found.connection
    connection.setPatience(TakeoverTime.takeover)
    var machine = TakeoverTaker()
    var sockets: [ListeningSocket] = []
    var event = TakeoverTaker.Event.connected
    var descriptors: [Int32] = []
    while true {
      var left = descriptors[...]
      // What no effect keeps is closed.
      defer { for descriptor in left { close(descriptor) } }
      for effect in machine.handle(event) {
        switch effect {
        case .send(let message): _ = connection.send(message)
        case .keep(let labels):
          for label in labels { sockets.append(ListeningSocket(inherited: left.removeFirst(), label: label)) }
        case .complete: return TakeoverSession(found.identity, connection, machine, sockets)
        case .fail(let failure): throw TakeoverError.failed(failure, gateway: found.identity)
        case .accept, .done: break
        }
      }
      (event, descriptors) = next(connection)
    }
  }

  private static func next(_ connection: TakeoverConnection) -> (TakeoverTaker.Event, [Int32]) {
    switch connection.receive() {
    case .message(let message, let descriptors):
      (.received(message, descriptors: descriptors.count), descriptors)
    case .malformed(let fault): (.malformed(fault), [])
    case .late: (.deadlineCame, [])
    case .closed: (.closed, [])
    }
  }

  // MARK: Accepting

  /// Tells the older gateway which sockets we are ready for, and waits until it no longer accepts on them.
  func prepare(_ adopted: [ListeningSocket]) async throws {
    let places = sockets.indices.filter { index in adopted.contains { $0 === sockets[index] } }
    try await run(.ready(places), until: .accept)
  }

  /// Tells it that we accept, and waits until it has closed its copies.
  func confirm() async throws { try await run(.accepting, until: .done) }

  private func run(_ event: TakeoverTaker.Event, until last: TakeoverTaker.Effect) async throws {
    try await Self.offThread { [self] in
      try machine.withLock { machine in
        var event = event
        while true {
          for effect in machine.handle(event) {
            switch effect {
            // Where it cannot be sent, the end of the connection is read next.
            case .send(let message): _ = connection.send(message)
            case .fail(let failure): throw TakeoverError.failed(failure, gateway: gateway)
            case .keep, .complete, .accept, .done: if effect == last { return }
            }
          }
          let (received, descriptors) = Self.next(connection)
          for descriptor in descriptors { close(descriptor) }
          event = received
        }
      }
    }
  }

  private static func offThread<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let hasStarted = SystemThread.start { continuation.resume(with: Result { try work() }) }
      if !hasStarted { continuation.resume(throwing: TakeoverError.system("pthread_create", EAGAIN)) }
    }
  }
}
