internal import NIOCore
internal import SluiceConfiguration
internal import SluiceCore

// Listeners on this worker and the connections that they accept.

extension Worker {
  /// The state of a listener, which a reload keeps as long as its address stays.
  func listener(
    for configuration: ListenerConfiguration, index: UInt16, security: ListenerSecurity?
  ) -> ListenerState {
    if let known = listeners[configuration.address] {
      known.adopt(configuration, index: index, security: security)
      return known
    }
    let state = ListenerState(configuration, index: index, security: security)
    listeners[configuration.address] = state
    return state
  }

  /// What a reload says of listeners that stay.
  func adoptListeners(of next: GatewaySnapshot, _ security: [ListenAddress: ListenerSecurity]) {
    for (index, configuration) in next.configuration.listeners.enumerated() {
      listeners[configuration.address]?.adopt(
        configuration, index: UInt16(index), security: security[configuration.address])
    }
  }

  /// - Parameter limit: until when clients of a removed listener that ask nothing are waited for.
  func forgetListeners(except kept: Set<ListenAddress>, until limit: Instant) {
    for (address, state) in listeners where !kept.contains(address) {
      listeners[address] = nil
      state.forget()
      for connection in downstreams.values where connection.listener === state { connection.drain(until: limit) }
    }
  }

  func accept(_ channel: any Channel, on listener: ListenerState) throws {
    // Set here at once: as options of the bootstrap each would be a future, for each connection.
    if let options = channel.syncOptions {
      try options.setOption(.maxMessagesPerRead, value: 1)
      try options.setOption(.allowRemoteHalfClosure, value: true)
      try options.setOption(.writeBufferWaterMark, value: Watermarks.both)
    }
    var client = ClientFacts()
    if let address = channel.remoteAddress { client.address = EndpointAddress(address) }
    if let address = channel.localAddress { client.destination = EndpointAddress(address) }
    client.addressText = client.address.hostText
    client.listener = listener
    client.timeouts = listener.timeouts
    counters.accepted += 1
    if listener.needsOpening {
      let opening = ConnectionOpening(worker: self, listener: listener, client: client, at: Clock.now())
      try channel.pipeline.syncOperations.addHandler(opening)
      return opening.admit()
    }
    let connection = HTTP1DownstreamConnection(worker: self, listener: listener, client: client, at: Clock.now())
    try channel.pipeline.syncOperations.addHandler(connection)
    if listener.connections > listener.limits.connections { connection.refuseConnection() }
  }

  func reportAcceptError(_ text: String) {
    services.logger.error("accepting a connection failed: \(text)")
  }
}

extension WorkerHandle {
  /// On the loop: an accepted channel gets its handler.
  func accepted(_ channel: any Channel, on listener: ListenerState) throws {
    try here { try $0.accept(channel, on: listener) }
  }
}
