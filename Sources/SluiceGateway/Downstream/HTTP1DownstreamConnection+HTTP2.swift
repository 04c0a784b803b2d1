internal import NIOCore
internal import SluiceCore

// A client that knows beforehand that we speak HTTP/2 (RFC 9113 section 3.3).

extension HTTP1DownstreamConnection {
  /// Whether the bytes are HTTP/2's preface: all of it, a beginning of it (false), or something else (nil).
  func beginsWithPreface(_ bytes: RawSpan) -> Bool? {
    let preface = HTTP2Connection.preface
    // Every other request is told from it by one byte or two.
    return preface.withUTF8Buffer { expected in
      let count = min(expected.count, bytes.byteCount)
      for offset in 0..<count
      where bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self) != expected[offset] {
        return nil
      }
      return count == expected.count
    }
  }

  /// Another handler goes on with the connection, from its first byte.
  func becomeHTTP2(_ bytes: ByteBuffer) {
    guard let context else { return }
    let connection = HTTP2DownstreamConnection(worker: worker, listener: listener, client: client, at: accepted)
    let operations = context.pipeline.syncOperations
    gone()
    do {
      try operations.addHandler(connection, position: .after(self))
    } catch {
      return context.close(promise: nil)
    }
    operations.removeHandler(context: context, promise: nil)
    connection.received(bytes)
  }
}
