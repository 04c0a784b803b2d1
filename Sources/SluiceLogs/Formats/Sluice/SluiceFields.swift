internal import SluiceCore
internal import SluiceDiagnosis
internal import SluiceIncidents

/// This project's own lines as entries: what it observed is certain, as nothing had to be guessed.
enum SluiceFields {
  static func record(_ values: FieldValues) -> LogEntry? {
    guard let text = values[.extra], let record = try? AccessLogDecoder().decode(Array(text.utf8)) else { return nil }
    var entry = LogEntry(.sluice, .request, reading: FieldValues())
    entry.status = (100...999).contains(record.status) ? record.status : nil
    entry.upstream = record.upstream
    entry.route = record.route ?? record.listener
    entry.client = record.client
    entry.method = record.method
    entry.path = record.path.map { path in record.query.map { "\(path)?\($0)" } ?? path }
    entry.host = record.host
    entry.requestID = record.id
    entry.bytes = record.bytesOut
    entry.totalTime = time(record.totalMs)
    let attempts = record.attempts ?? []
    entry.attempts = attempts.map { attempt in
      LogAttempt(
        endpoint: attempt.endpoint ?? attempt.address, status: attempt.status, connect: time(attempt.connectMs),
        head: time(attempt.firstByteMs), whole: time(attempt.receiveMs))
    }
    // Where the exchange went well in the end, the attempt that failed and not the one that answered.
    let failed = attempts.last { $0.cause != nil }
    if let told = record.cause == nil ? failed ?? attempts.last : attempts.last {
      entry.endpoint = told.endpoint ?? told.address
      entry.upstreamStatus = told.status
      entry.connectTime = time(told.connectMs)
      entry.headTime = time(told.firstByteMs)
      entry.queueTime = time(told.queueMs)
    }
    entry.retries = attempts.count > 1 ? attempts.count - 1 : nil
    if let name = record.cause ?? failed?.cause {
      entry.conclusion = conclusion(name, who: record.who)
    } else if record.status >= 500 {
      entry.conclusion = conclusion(Cause.upstreamStatus.identifier, who: nil)
    }
    return entry
  }

  static func failure(_ values: FieldValues) -> LogEntry? {
    guard let name = values[.reason], Cause(identifier: name) != nil else { return nil }
    var entry = LogEntry(.sluice, .failure, reading: values)
    entry.conclusion = conclusion(name, who: nil)
    guard let text = values[.message] else { return entry }
    // `GET host/path -> upstream endpoint (address): sentence, time`
    let words = text.split(separator: " ", maxSplits: 6)
    if words.count > 1, words[0] != "from" {
      entry.method = String(words[0])
      let target = words[1].hasSuffix(":") ? words[1].dropLast() : words[1]
      let slash = target.firstIndex(of: "/") ?? target.endIndex
      entry.host = slash == target.startIndex ? nil : String(target[..<slash])
      entry.path = slash == target.endIndex ? nil : String(target[slash...])
    }
    if words.count > 4, words[2] == "->" {
      entry.upstream = String(words[3].hasSuffix(":") ? words[3].dropLast() : words[3])
      if !words[3].hasSuffix(":") { entry.endpoint = String(words[4].hasSuffix(":") ? words[4].dropLast() : words[4]) }
    }
    return entry
  }

  /// A cause of a newer version, which this one does not know, stays a failure without a name.
  private static func conclusion(_ name: String, who: String?) -> LineConclusion {
    guard let cause = Cause(identifier: name) else {
      return LineConclusion(signature: "sluice", cause: .upstreamStatus, who: .unknown, sure: .unknown)
    }
    let owner = who.flatMap { identifier in owners.first { $0.identifier == identifier } }
    return LineConclusion(signature: "sluice", cause: cause, who: owner, sure: .certain)
  }

  private static let owners = Owner.allCases

  /// A file may hold any number.
  private static func time(_ milliseconds: Double?) -> Double? {
    milliseconds.flatMap { $0 >= 0 && $0 < FieldValues.millisecondsMax ? $0 : nil }
  }
}
