internal import CCares
internal import Glibc
internal import SluiceCore

/// The transport to one DNS server: one c-ares channel.
///
/// c-ares does IDs, source ports, retransmission, the comparison of ID and question, and TCP after truncation. It does
/// not interpret the answer: its response-code check would hide SERVFAIL and REFUSED behind a code of its own, so it
/// is switched off, and its choice among several servers would tell neither which answered nor what the others said,
/// so each server has a channel of its own.
///
/// Without EDNS, as the system's own resolver asks: where a server does not know it, this version of c-ares turns it
/// off for one of two questions under way and delivers the other one's error, so half of the addresses would be lost.
/// What is larger than 512 bytes comes over TCP.
///
/// Not `Sendable`: it lives and dies on the resolver's thread.
final class DNSTransport {
  /// An answer that has come, for the loop to take. Callbacks only collect, so that nothing re-enters c-ares.
  struct Arrival {
    var lookup: UInt64
    var question: DNSQuestion
    var reply: DNSReply
  }

  let server: EndpointAddress
  private(set) var asked = 0
  private let arrivals = Arrivals()
  private let channel: ares_channel

  /// Sockets that one channel may have open (c-ares's own bound for `ares_getsock`).
  private static let socketsMax = Int(ARES_GETSOCK_MAXNUM)

  /// - Parameter timeout: after this long without an answer the question ends as silent; it is sent twice in that time.
  init(server: EndpointAddress, timeout: TimeSpan) throws(ResolverError) {
    self.server = server
    var options = ares_options()
    options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP
    // The second try waits twice as long as the first, so a third of the time for the first makes the whole.
    options.timeout = Int32(clamping: max(1, timeout.inMilliseconds / 3))
    options.tries = 2
    // Without an own value for each of these c-ares would read the system's files and environment for it.
    options.ndots = 1
    options.ndomains = 0
    let mask = ARES_OPT_FLAGS | ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_NDOTS | ARES_OPT_DOMAINS
    var made: ares_channel?
    let code = ares_init_options(&made, &options, mask)
    guard code == ARES_SUCCESS, let made else { throw .transport(code) }
    let chosen = ares_set_servers_ports_csv(made, AddressLiteral.textWithPort(server))
    guard chosen == ARES_SUCCESS else {
      ares_destroy(made)
      throw .transport(chosen)
    }
    channel = made
  }

  deinit {
    // Every open question calls back now; nobody looks at what it adds.
    ares_destroy(channel)
  }

  /// Questions that have not been answered.
  var isIdle: Bool { arrivals.open == 0 && arrivals.list.isEmpty }

  func ask(_ question: DNSQuestion, for lookup: UInt64) {
    let type = question.family == .v6 ? DNSMessageReader.RecordType.aaaa : DNSMessageReader.RecordType.a
    let ticket = Ticket(lookup: lookup, question: question, arrivals: arrivals)
    arrivals.open += 1
    ares_query(channel, question.name, 1, Int32(type), ticketAnswered, Unmanaged.passRetained(ticket).toOpaque())
  }

  func takeArrivals() -> [Arrival] {
    defer { arrivals.list.removeAll(keepingCapacity: true) }
    return arrivals.list
  }

  // MARK: Sockets

  func addSockets(to polls: inout [pollfd]) {
    var sockets = [ares_socket_t](repeating: -1, count: Self.socketsMax)
    let bits = UInt32(bitPattern: ares_getsock(channel, &sockets, Int32(sockets.count)))
    for (index, socket) in sockets.enumerated() {
      let isReading = bits >> UInt32(index) & 1 != 0
      let isWriting = bits >> UInt32(index + Self.socketsMax) & 1 != 0
      guard isReading || isWriting else { continue }
      let events = (isReading ? POLLIN : 0) | (isWriting ? POLLOUT : 0)
      polls.append(pollfd(fd: socket, events: Int16(events), revents: 0))
    }
  }

  /// The time until c-ares wants to be called again, at most `limit`.
  func timeLeft(atMost limit: TimeSpan) -> TimeSpan {
    var left = timeval()
    guard ares_timeout(channel, nil, &left) != nil else { return limit }
    return min(limit, TimeSpan(nanoseconds: Int64(left.tv_sec) * 1_000_000_000 + Int64(left.tv_usec) * 1_000))
  }

  /// Reads and writes what can be, for sockets of this channel alone, and ends questions whose time is over.
  func process(_ ready: [pollfd]) {
    for poll in ready {
      let reads = poll.revents & Int16(POLLIN | POLLERR | POLLHUP) != 0
      let writes = poll.revents & Int16(POLLOUT) != 0
      ares_process_fd(channel, reads ? poll.fd : Self.noSocket, writes ? poll.fd : Self.noSocket)
    }
    ares_process_fd(channel, Self.noSocket, Self.noSocket)
  }

  private static let noSocket: ares_socket_t = -1

  fileprivate final class Arrivals {
    var open = 0
    var list: [Arrival] = []
  }

  /// What a question carries through c-ares, and what keeps the list alive until every callback came.
  fileprivate final class Ticket {
    let lookup: UInt64
    let question: DNSQuestion
    let arrivals: Arrivals

    init(lookup: UInt64, question: DNSQuestion, arrivals: Arrivals) {
      self.lookup = lookup
      self.question = question
      self.arrivals = arrivals
    }
  }
}

/// c-ares calls this exactly once for each question, at the latest from `ares_destroy`.
private func ticketAnswered(
  context: UnsafeMutableRawPointer?, status: Int32, timeouts: Int32, bytes: UnsafeMutablePointer<UInt8>?, count: Int32
) {
  guard let context else { return }
  let ticket = Unmanaged<DNSTransport.Ticket>.fromOpaque(context).takeRetainedValue()
  ticket.arrivals.open -= 1
  let message = bytes.map { UnsafeRawBufferPointer(start: $0, count: max(0, Int(count))) }
  let reply = replied(status: status, message: message, family: ticket.question.family)
  ticket.arrivals.list.append(.init(lookup: ticket.lookup, question: ticket.question, reply: reply))
}

private func replied(
  status: Int32, message: UnsafeRawBufferPointer?, family: EndpointAddress.Family
) -> DNSReply {
  // With a message the status is c-ares's reading of its response code, which the message says better.
  if let message, !message.isEmpty {
    do {
      return .answer(try DNSMessageReader.read(message.bytes, family: family))
    } catch {
      return .malformed
    }
  }
  switch status {
  case ARES_ETIMEOUT: return .silent
  case ARES_EBADRESP: return .malformed
  default: return .unreachable
  }
}
