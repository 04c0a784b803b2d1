internal import SluiceCore

/// One question: a complete name and a family.
struct DNSQuestion: Hashable, Sendable {
  var name: String
  var family: EndpointAddress.Family
}

/// What asking one server one question came to.
enum DNSReply: Hashable, Sendable {
  case answer(DNSAnswer)
  /// A message with the right ID and question that cannot be read further.
  case malformed
  /// Nothing within the transport's time.
  case silent
  /// The transport could not reach the server.
  case unreachable
}

/// How far the question for one family has come at the servers.
struct FamilyLookup {
  let family: EndpointAddress.Family
  /// Servers asked so far.
  var asked = 0
  /// Servers asked that have neither answered nor failed.
  var outstanding = 0
  /// When the next server is asked as well.
  var nextAsk = Instant.never
  private(set) var settled: FamilyResult?
  private var worst: FamilyResult?

  init(family: EndpointAddress.Family) { self.family = family }

  mutating func settle(_ result: FamilyResult) {
    settled = result
    nextAsk = .never
  }

  /// Remembers a failure that another server may still mend.
  mutating func keepWorse(_ result: FamilyResult) {
    if let worst, worst.rank >= result.rank { return }
    worst = result
  }

  /// Ends with the most telling of the failures, or with silence. Nothing where it is settled.
  mutating func settleAsFailed() {
    guard settled == nil else { return }
    settle(worst ?? FamilyResult(.silent, server: 0))
  }
}

/// What the question for one family ended with, and at which server.
struct FamilyResult: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case addresses
    /// NOERROR without an address of this family.
    case empty
    /// NXDOMAIN.
    case denied
    /// REFUSED.
    case refused
    /// SERVFAIL, or any other code that says that the server could not answer.
    case failing
    case malformed
    case silent
    case unreachable
  }

  var kind: Kind
  var answer: DNSAnswer?
  /// Index into the lookup's servers.
  var server: Int

  init(_ reply: DNSReply, server: Int) {
    self.server = server
    switch reply {
    case .answer(let answer):
      self.answer = answer
      kind = Self.kind(of: answer)
    case .malformed: kind = .malformed
    case .silent: kind = .silent
    case .unreachable: kind = .unreachable
    }
  }

  private static func kind(of answer: DNSAnswer) -> Kind {
    switch answer.rcode {
    // Truncated although TCP was used: what is there is not all, and nothing tells how much is missing.
    case 0 where answer.isTruncated: .malformed
    case 0: answer.addresses.isEmpty ? .empty : .addresses
    case 3: .denied
    case 5: .refused
    default: .failing
    }
  }

  var hasAddresses: Bool { kind == .addresses }

  /// A server spoke, whatever it said.
  var isAnswer: Bool {
    switch kind {
    case .addresses, .empty, .denied, .refused, .failing: true
    case .malformed, .silent, .unreachable: false
    }
  }

  /// The answer is about the name, not about the server: asking another server would not change it.
  var isConclusive: Bool {
    switch kind {
    case .addresses, .empty, .denied: true
    case .refused, .failing, .malformed, .silent, .unreachable: false
    }
  }

  /// Higher is more telling of two failures. NXDOMAIN holds for every family (RFC 8020); an empty answer says least,
  /// since the other family's failure may hide an address.
  var rank: Int {
    switch kind {
    case .addresses: 7
    case .denied: 6
    case .failing: 5
    case .refused: 4
    case .malformed: 3
    case .unreachable: 2
    case .silent: 1
    case .empty: 0
    }
  }

  var cause: Cause {
    switch kind {
    case .addresses, .empty: .dnsNoAddress
    case .denied: .dnsNxdomain
    case .refused: .dnsRefused
    // A server that cannot be reached or speaks no DNS is RFC 9209's dns_error without a code, as SERVFAIL is with one.
    case .failing, .malformed, .unreachable: .dnsServfail
    case .silent: .dnsTimeout
    }
  }

  var detail: Resolution.Detail {
    switch kind {
    case .malformed: return .malformedAnswer
    case .silent: return .timedOut
    case .unreachable: return .serverUnreachable
    case .addresses, .empty, .denied, .refused, .failing: break
    }
    return switch answer?.chain {
    case .loop: .aliasLoop
    case .tooLong: .aliasesTooLong
    case .complete, nil: .answered
    }
  }
}

extension TimeSpan {
  func clamped(to range: ClosedRange<TimeSpan>) -> TimeSpan { min(max(self, range.lowerBound), range.upperBound) }
}
