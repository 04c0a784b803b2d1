import Foundation
import NIOCore
import NIOPosix
import Synchronization
import TestSupport

/// Requests at a steady pace, whatever becomes of those before: each on a connection of its own, as users are.
enum SteadyLoad {
  struct Outcome: Sendable {
    /// 0: no head came.
    var status = 0
    var retryAfter: Int?
    var proxyStatus: String?
    var incident: String?
    /// From the connection being asked for to the first bytes of the answer, in seconds.
    var seconds = 0.0
  }

  /// - Parameter duration: seconds.
  static func run(port: Int, perSecond: Int, duration: Double) async throws -> [Outcome] {
    try await withThrowingTaskGroup(of: Outcome.self) { group in
      let clock = ContinuousClock()
      let start = clock.now
      let count = Int(Double(perSecond) * duration)
      for number in 0..<count {
        try await clock.sleep(until: start + .nanoseconds(Int64(number) * 1_000_000_000 / Int64(perSecond)))
        group.addTask { try await request(port: port) }
      }
      var outcomes: [Outcome] = []
      for try await outcome in group { outcomes.append(outcome) }
      return outcomes
    }
  }

  private static func request(port: Int) async throws -> Outcome {
    let start = ContinuousClock.now
    let answer = MultiThreadedEventLoopGroup.singleton.any().makePromise(of: Outcome.self)
    let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connectTimeout(.seconds(10))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(Reader(start: start, answer: answer))
        }
      }
    do {
      let channel = try await bootstrap.connect(host: "127.0.0.1", port: port).get()
      let bytes = ByteBuffer(string: "GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
      try await channel.writeAndFlush(bytes)
    } catch {
      // The answer may have come all the same; what was not answered is an outcome without a status.
      answer.succeed(Outcome())
    }
    return try await answer.futureResult.get()
  }

  private final class Reader: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let start: ContinuousClock.Instant
    private let answer: EventLoopPromise<Outcome>
    private var outcome = Outcome()
    private var received = ""

    init(start: ContinuousClock.Instant, answer: EventLoopPromise<Outcome>) {
      self.start = start
      self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      if received.isEmpty { outcome.seconds = (ContinuousClock.now - start) / .seconds(1) }
      received += String(buffer: unwrapInboundIn(data))
    }

    func channelInactive(context: ChannelHandlerContext) {
      let lines = received.components(separatedBy: "\r\n")
      let parts = lines[0].split(separator: " ")
      outcome.status = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
      for line in lines.prefix(while: { !$0.isEmpty }) {
        if line.hasPrefix("Retry-After: ") { outcome.retryAfter = Int(line.dropFirst(13)) }
        if line.hasPrefix("Sluice-Incident: ") { outcome.incident = String(line.dropFirst(17)) }
        if line.hasPrefix("Proxy-Status: ") { outcome.proxyStatus = String(line.dropFirst(14)) }
      }
      answer.succeed(outcome)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
  }
}

extension [SteadyLoad.Outcome] {
  func count(of status: Int) -> Int { count { $0.status == status } }

  /// The time that this share of those with the status stayed below, in seconds.
  func percentile(_ share: Double, of status: Int) -> Double {
    let times = filter { $0.status == status }.map(\.seconds).sorted()
    return times.isEmpty ? 0 : times[Swift.min(Int(share * Double(times.count)), times.count - 1)]
  }
}
