internal import SluiceCore

/// One name being resolved: which question goes to which server when, and what the answers mean together.
///
/// Overview: for one candidate name after the other (search domains) both families are asked for side by side. A
/// family's first server gets a head start of a quarter of the timeout; then the next one is asked as well, and the
/// first usable answer counts, because an early server that is slow is not to be given up. A server that answers with
/// an error hands over at once.
///
/// Why both families are waited for: a result goes into a cache, where half an answer would stay. Where only one
/// answers, its addresses are given after `ResolverLimits.secondFamilyWait`, and the result names the missing family.
///
/// A value without a clock or a socket: functions named after events take them with their instant and return effects.
/// Not handled here: retransmission, TCP after truncation and IDs (the transport), the cache, the queue.
struct Lookup {
  enum Effect: Hashable {
    case ask(DNSQuestion, server: Int)
    case finish(Resolution)
  }

  let name: String
  let candidates: [String]
  let start: Instant
  let deadline: Instant
  private let servers: [EndpointAddress]
  private let serverFirst: Int
  private let headStart: TimeSpan
  private var candidate = 0
  private var v4: FamilyLookup
  private var v6: FamilyLookup
  private var partialDeadline = Instant.never
  /// The most telling failure of the candidates before this one.
  private var failedBefore: Resolution?

  /// - Parameters:
  ///   - candidates: complete names, at least one, in the order of asking.
  ///   - servers: at least one.
  ///   - serverFirst: index of the server to begin with.
  init(
    name: String, candidates: [String], servers: [EndpointAddress], serverFirst: Int, start: Instant, timeout: TimeSpan
  ) {
    self.name = name
    self.candidates = candidates
    self.servers = servers
    self.serverFirst = serverFirst
    self.start = start
    self.deadline = start + timeout
    self.headStart = TimeSpan(nanoseconds: timeout.nanoseconds / 4)
    self.v4 = FamilyLookup(family: .v4)
    self.v6 = FamilyLookup(family: .v6)
  }

  /// When `timePassed` has something to do.
  var nextDeadline: Instant { min(deadline, partialDeadline, v4.nextAsk, v6.nextAsk) }

  mutating func begin(at instant: Instant) -> [Effect] { askNext(.v4, at: instant) + askNext(.v6, at: instant) }

  mutating func replied(
    _ reply: DNSReply, to question: DNSQuestion, server: Int, at instant: Instant
  ) -> [Effect] {
    // Answers for a name that was left behind, and second answers, come late by nature.
    guard question.name == candidates[candidate], self[question.family].settled == nil else { return [] }
    let result = FamilyResult(reply, server: server)
    self[question.family].outstanding -= 1
    if result.isConclusive {
      self[question.family].settle(result)
      return advance(at: instant)
    }
    self[question.family].keepWorse(result)
    if self[question.family].asked < servers.count { return askNext(question.family, at: instant) }
    guard self[question.family].outstanding == 0 else { return [] }
    self[question.family].settleAsFailed()
    return advance(at: instant)
  }

  mutating func timePassed(at instant: Instant) -> [Effect] {
    guard instant < deadline, instant < partialDeadline else {
      v4.settleAsFailed()
      v6.settleAsFailed()
      return [.finish(concluded(at: instant))]
    }
    var effects: [Effect] = []
    for family in [EndpointAddress.Family.v4, .v6] where self[family].nextAsk <= instant {
      effects += askNext(family, at: instant)
    }
    return effects
  }

  // MARK: Steps

  private subscript(family: EndpointAddress.Family) -> FamilyLookup {
    get { family == .v6 ? v6 : v4 }
    set { if family == .v6 { v6 = newValue } else { v4 = newValue } }
  }

  private mutating func askNext(_ family: EndpointAddress.Family, at instant: Instant) -> [Effect] {
    let server = (serverFirst + self[family].asked) % servers.count
    self[family].asked += 1
    self[family].outstanding += 1
    self[family].nextAsk = self[family].asked < servers.count ? instant + headStart : .never
    return [.ask(DNSQuestion(name: candidates[candidate], family: family), server: server)]
  }

  /// After a family was settled: the next candidate, the end, or waiting for the other family.
  private mutating func advance(at instant: Instant) -> [Effect] {
    guard let first = v4.settled, let second = v6.settled else {
      if (v4.settled ?? v6.settled)?.hasAddresses == true {
        partialDeadline = min(deadline, instant + ResolverLimits.secondFamilyWait)
      }
      return []
    }
    let hasAddresses = first.hasAddresses || second.hasAddresses
    // Silence says nothing about the name, and the time is gone: only an answer leads on to the next candidate.
    let isAnswered = first.isAnswer && second.isAnswer
    if !hasAddresses, isAnswered, candidate + 1 < candidates.count {
      failedBefore = concluded(at: instant)
      candidate += 1
      v4 = FamilyLookup(family: .v4)
      v6 = FamilyLookup(family: .v6)
      return begin(at: instant)
    }
    return [.finish(concluded(at: instant))]
  }

  // MARK: The result

  private func concluded(at instant: Instant) -> Resolution {
    let first = v4.settled ?? FamilyResult(.silent, server: serverFirst)
    let second = v6.settled ?? FamilyResult(.silent, server: serverFirst)
    var result = first.hasAddresses || second.hasAddresses ? success(first, second) : failure(first, second)
    if let before = failedBefore, result.cause != nil, Self.rank(before) > Self.rank(result) { result = before }
    result.elapsed = instant - start
    return result
  }

  private func success(_ first: FamilyResult, _ second: FamilyResult) -> Resolution {
    let giving = [first, second].filter(\.hasAddresses)
    let answers = giving.compactMap(\.answer)
    let seconds = answers.compactMap(\.ttl).min() ?? 0
    var result = Resolution.addresses(
      answers.flatMap(\.addresses), of: name, source: .dns,
      ttl: TimeSpan.seconds(Int64(seconds)).clamped(to: ResolverLimits.ttl))
    result.aliases = answers.first?.aliases ?? []
    result.askedName = candidates[candidate]
    result.rcode = 0
    for (family, answer) in [(EndpointAddress.Family.v4, first.answer), (.v6, second.answer)] {
      if let answer, !answer.addresses.isEmpty { result.familyTTL[family] = answer.ttl }
    }
    result.server = servers[giving.first?.server ?? serverFirst]
    // NXDOMAIN for one family and addresses for the other is a server's mistake, and no reason to wait for more.
    if !first.isConclusive { result.missingFamily = .v4 }
    if !second.isConclusive { result.missingFamily = .v6 }
    return result
  }

  private func failure(_ first: FamilyResult, _ second: FamilyResult) -> Resolution {
    let worse = second.rank > first.rank ? second : first
    var result = Resolution.failed(worse.cause, of: name, detail: worse.detail, source: .dns)
    let seconds = [first, second].compactMap(\.answer?.negativeTTL).min() ?? 0
    result.ttl = TimeSpan.seconds(Int64(seconds)).clamped(to: ResolverLimits.negativeTTL)
    result.askedName = candidates[candidate]
    result.aliases = worse.answer?.aliases ?? []
    result.rcode = worse.answer?.rcode
    result.server = servers[worse.server]
    return result
  }

  /// Over several candidates, the failure that says most: a server's trouble may hide a name that exists, and a name
  /// that exists without addresses is nearer to what was meant than one that does not exist.
  private static func rank(_ result: Resolution) -> Int {
    switch result.detail {
    case .answered, .aliasLoop, .aliasesTooLong: result.rcode == 3 ? 0 : result.rcode == 0 ? 1 : 2
    default: 3
    }
  }
}
