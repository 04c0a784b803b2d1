import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Synchronization

@testable import SluiceAdmin

/// A real HTTP server that answers as it is told and keeps what it was sent.
final class Receiver: Sendable {
  enum Reply: Sendable {
    case status(UInt, HTTPHeaders = [:])
    /// Takes the request and says nothing.
    case hang
    case close
    /// 200, and a body without an end.
    case endlessBody
  }

  struct Request: Sendable {
    var path: String
    var headers: HTTPHeaders
    var body: Data

    /// Of the idempotency key, without its quotes.
    var id: String { headers.first(name: "idempotency-key")?.replacing("\"", with: "") ?? "" }
  }

  private struct State {
    var replies: [Reply] = []
    var requests: [Request] = []
  }

  let port: Int
  private let channel: any Channel
  private let state: Mutex<State>
  private let stream: AsyncStream<Request>
  private let continuation: AsyncStream<Request>.Continuation

  /// - Parameter replies: to the requests in their order; after that 200.
  static func start(_ replies: Reply..., tls: NIOSSLContext? = nil) async throws -> Receiver {
    let box = Mutex<Receiver?>(nil)
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .childChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          guard let receiver = box.withLock({ $0 }) else { return }
          try channel.pipeline.syncOperations.addHandler(ReceiverHandler(receiver))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    let receiver = Receiver(channel, replies)
    box.withLock { $0 = receiver }
    return receiver
  }

  private init(_ channel: any Channel, _ replies: [Reply]) {
    self.channel = channel
    port = channel.localAddress?.port ?? 0
    state = Mutex(State(replies: replies))
    (stream, continuation) = AsyncStream.makeStream()
  }

  var url: String { "http://127.0.0.1:\(port)/hook" }
  var requests: [Request] { state.withLock { $0.requests } }

  /// The next requests, in their order.
  func next(_ count: Int) async -> [Request] {
    var result: [Request] = []
    for await request in stream {
      result.append(request)
      if result.count == count { break }
    }
    return result
  }

  func stop() async { try? await channel.close() }

  fileprivate func received(_ request: Request) -> Reply {
    let reply = state.withLock { state in
      state.requests.append(request)
      return state.replies.isEmpty ? Reply.status(200) : state.replies.removeFirst()
    }
    continuation.yield(request)
    return reply
  }
}

private final class ReceiverHandler: ChannelInboundHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundOut = HTTPServerResponsePart

  private let receiver: Receiver
  private var head: HTTPRequestHead?
  private var body = Data()

  init(_ receiver: Receiver) { self.receiver = receiver }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head(let head): (self.head, body) = (head, Data())
    case .body(let buffer): body.append(contentsOf: buffer.readableBytesView)
    case .end:
      guard let head else { return }
      answer(receiver.received(Receiver.Request(path: head.uri, headers: head.headers, body: body)), context)
    }
  }

  private func answer(_ reply: Receiver.Reply, _ context: ChannelHandlerContext) {
    switch reply {
    case .hang: break
    case .close: context.close(promise: nil)
    case .status(let code, var headers):
      headers.replaceOrAdd(name: "content-length", value: "2")
      write(HTTPResponseHead(version: .http1_1, status: .init(statusCode: Int(code)), headers: headers), context)
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: "ok")))), promise: nil)
      context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    case .endlessBody:
      write(HTTPResponseHead(version: .http1_1, status: .ok), context)
      flood(context)
    }
  }

  private func write(_ head: HTTPResponseHead, _ context: ChannelHandlerContext) {
    context.write(wrapOutboundOut(.head(head)), promise: nil)
  }

  private func flood(_ context: ChannelHandlerContext) {
    let part = ByteBuffer(repeating: 0x61, count: 16 << 10)
    let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
    context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(part)))).whenSuccess {
      bound.value.0.flood(bound.value.1)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
