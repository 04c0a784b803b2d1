internal import NIOSSL

/// What stands behind one address: what it says at accept, and how it answers a request.
struct LabSite: Sendable {
  /// What is read of a connection.
  enum Reading: Sendable {
    case http1(@Sendable (LabRequest) -> [Step])
    case http2(@Sendable (LabRequest) -> [Step])
  }

  /// Performed as soon as a connection is there, before anything is read.
  var greeting: [Step]?
  var reading: Reading
  /// nil: plain TCP.
  var tls: NIOSSLContext?

  init(greeting: [Step]? = nil, script: @escaping @Sendable (LabRequest) -> [Step]) {
    self.init(greeting: greeting, reading: .http1(script))
  }

  init(greeting: [Step]? = nil, reading: Reading, tls: NIOSSLContext? = nil) {
    self.greeting = greeting
    self.reading = reading
    self.tls = tls
  }
}
