internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Keeps the head of a response and forgets its body.
final class ResponseReader: HTTPClientResponseDelegate {
  struct Head: Equatable, Sendable {
    var status: Int
    var retryAfter: String?
  }

  /// The body is longer than anybody wants to read.
  struct BodyTooLong: Error {}

  private struct State {
    var head: Head?
    var bytes = 0
  }

  private let state = Mutex(State())

  /// nil until it came. Whatever happens after it: the receiver has answered.
  var head: Head? { state.withLock { $0.head } }

  func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
    let status = Int(head.status.code)
    let retryAfter = head.headers.first(name: "retry-after").map { String($0.prefix(64)) }
    state.withLock { $0.head = Head(status: status, retryAfter: retryAfter) }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
    let bytes = state.withLock { state in
      state.bytes += buffer.readableBytes
      return state.bytes
    }
    guard bytes <= AlertLimits.responseBytesMax else { return task.eventLoop.makeFailedFuture(BodyTooLong()) }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didFinishRequest(task: HTTPClient.Task<Void>) throws {}
}
