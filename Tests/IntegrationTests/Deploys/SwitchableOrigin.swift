import Foundation
import Synchronization

/// What an origin does with each request, to be changed while it runs: a deploy.
final class SwitchableOrigin: Sendable {
  struct Behaviour: Sendable {
    var status = 200
    /// Milliseconds until it answers.
    var delay: UInt32 = 0
    var version = "41"
    var closes = false
  }

  private let behaviour = Mutex(Behaviour())

  func become(_ change: (inout Behaviour) -> Void) { behaviour.withLock { change(&$0) } }

  func answer(_ head: String) -> [UInt8] {
    let now = behaviour.withLock { $0 }
    if now.delay > 0 { usleep(now.delay * 1_000) }
    let close = now.closes ? "Connection: close\r\n" : ""
    return Array(
      "HTTP/1.1 \(now.status) Test\r\nX-Version: \(now.version)\r\n\(close)Content-Length: 2\r\n\r\nok".utf8)
  }
}
