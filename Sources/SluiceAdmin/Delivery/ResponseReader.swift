internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Keeps the head of a response and the beginning of its body.
final class ResponseReader: HTTPClientResponseDelegate {
  /// Bytes of a body that are read: more than a receiver has to say.
  static let bodyMax = 64 << 10

  struct Answer: Sendable {
    var status: Int
    var retryAfter: String?
    var body: [UInt8] = []
  }

  /// The body is longer than `bodyMax`.
  struct BodyTooLong: Error {}

  private let state = Mutex<Answer?>(nil)

  /// nil until the head came. Whatever happens after it: the receiver has answered.
  var answer: Answer? { state.withLock { $0 } }

  func didReceiveHead(task: HTTPClient.Task<Void>, _ head: HTTPResponseHead) -> EventLoopFuture<Void> {
    let retryAfter = head.headers.first(name: "retry-after").map { String($0.prefix(64)) }
    state.withLock { $0 = Answer(status: Int(head.status.code), retryAfter: retryAfter) }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didReceiveBodyPart(task: HTTPClient.Task<Void>, _ buffer: ByteBuffer) -> EventLoopFuture<Void> {
    let fits = state.withLock { answer in
      let room = Self.bodyMax - (answer?.body.count ?? 0)
      answer?.body.append(contentsOf: buffer.readableBytesView.prefix(max(room, 0)))
      return buffer.readableBytes <= room
    }
    guard fits else { return task.eventLoop.makeFailedFuture(BodyTooLong()) }
    return task.eventLoop.makeSucceededVoidFuture()
  }

  func didFinishRequest(task: HTTPClient.Task<Void>) throws {}
}
