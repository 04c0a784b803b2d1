internal import SluiceDiagnosis

extension LogReport {
  /// The same report without addresses, host names of URLs, user names, paths and query strings.
  public func redacted(by redaction: inout Redaction) -> LogReport {
    var copy = self
    // First what is a host's name by its place in the report: sentences and lines hold the same names.
    for problem in problems {
      redaction.learn(hostsIn: problem.place)
      for place in problem.concentrations where [.host, .route, .upstream, .endpoint].contains(place.kind) {
        redaction.learn(hostsIn: place.value)
      }
    }
    for cause in causes { for name in cause.upstreams.keys { redaction.learn(hostsIn: name) } }
    copy.causes = causes.map { cause in
      var cause = cause
      cause.upstreams = redaction.keys(cause.upstreams)
      cause.sample = redaction.sample(cause.sample)
      return cause
    }
    copy.problems = problems.map { $0.redacted(by: &redaction) }
    copy.unrecognised = unrecognised.map { redaction.sample($0) }
    copy.logs = logs.map { log in
      var log = log
      log.problems = log.problems.map { redaction.text($0) }
      return log
    }
    copy.remarks = remarks.map { redaction.text($0) }
    return copy
  }
}

extension LogProblem {
  fileprivate func redacted(by redaction: inout Redaction) -> LogProblem {
    var copy = self
    copy.id = redaction.text(id)
    copy.place = redaction.text(place)
    copy.verdict.sentence = redaction.text(verdict.sentence)
    copy.verdict.next = redaction.text(verdict.next)
    copy.candidates = candidates.map { candidate in
      var candidate = candidate
      candidate.evidence = candidate.evidence.map { redaction.text($0) }
      return candidate
    }
    copy.checks = checks.map { check in
      var check = check
      check.question = redaction.text(check.question)
      check.command = check.command.map { redaction.text($0) }
      return check
    }
    copy.story = story.map { entry in
      var entry = entry
      entry.sentence = redaction.text(entry.sentence)
      return entry
    }
    copy.concentrations = concentrations.map { place in
      var place = place
      place.value =
        switch place.kind {
        case .path: redaction.path(place.value)
        case .host: redaction.host(place.value)
        case .upstream, .endpoint, .route: redaction.name(place.value)
        case .method, .client, .time: redaction.text(place.value)
        }
      return place
    }
    copy.samples = samples.map { redaction.sample($0) }
    return copy
  }
}

extension EntryAnswer {
  public func redacted(by redaction: inout Redaction) -> EntryAnswer {
    var copy = self
    copy.upstream = upstream.map { redaction.name($0) }
    copy.endpoint = endpoint.map { redaction.name($0) }
    copy.route = route.map { redaction.name($0) }
    copy.client = client.map { redaction.text($0) }
    copy.request = request.map { redaction.text($0) }
    copy.host = host.map { redaction.host($0) }
    copy.estimate = estimate.map { redaction.text($0) }
    return copy
  }
}

extension Redaction {
  fileprivate mutating func sample(_ sample: LogSample) -> LogSample {
    LogSample(file: sample.file, line: sample.line, text: text(sample.text))
  }

  /// Names that become the same are counted together.
  fileprivate mutating func keys(_ counts: [String: Int]) -> [String: Int] {
    var copy: [String: Int] = [:]
    for (key, count) in counts.sorted(by: { $0.key < $1.key }) { copy[name(key), default: 0] += count }
    return copy
  }
}
