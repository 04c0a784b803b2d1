internal import NIOCore
internal import NIOPosix

/// Sends the turns of one scenario, on as few connections as the gateway allows.
struct ProbeClient: Sendable {
  let gateway: ScoredGateway
  let group: any EventLoopGroup
  /// For everything that happens on one connection.
  let limit: TimeAmount

  /// One answer for each turn, fewer where one of them was not whole: what comes after it would show nothing.
  func run(_ turns: [ProbeTurn]) async -> [Answer] {
    var answers: [Answer] = []
    while answers.count < turns.count {
      let fresh = await connection(Array(turns[answers.count...]))
      answers += fresh
      if fresh.isEmpty || !(answers.last?.isWhole ?? false) { break }
    }
    return answers
  }

  private func connection(_ turns: [ProbeTurn]) async -> [Answer] {
    let done = group.next().makePromise(of: [Answer].self)
    let limit = limit
    let bootstrap = ClientBootstrap(group: group)
      .connectTimeout(.seconds(5))
      .channelOption(.allowRemoteHalfClosure, value: true)
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1)
          let handler = ProbeConnection(turns: turns, limit: limit, done: done)
          try channel.pipeline.syncOperations.addHandler(handler)
        }
      }
    do {
      let channel = try await bootstrap.connect(host: gateway.host, port: gateway.port).get()
      let answers = try await done.futureResult.get()
      try? await channel.closeFuture.get()
      return answers
    } catch {
      var answer = Answer()
      answer.end = .unreachable
      // Where the connection was never made nobody else keeps the promise.
      done.succeed([])
      return [answer]
    }
  }
}
