import SluiceCore
import SluiceIncidents

/// What may stand around an incident, from nothing to everything, made of names that want to do harm.
enum Surroundings: String, CaseIterable, Sendable {
  case none, plain, remote, unix, hostile, absorbed, crowded

  func sample(_ cause: Cause) throws -> Sample {
    var sample = try Sample(cause, withEvidence: self != .none)
    switch self {
    case .none, .plain: break
    case .remote: sample.isAt("http://api.internal:3000", address: "10.0.0.5:3000")
    case .unix: sample.isAt("unix:/run/app.sock", address: "unix")
    case .hostile: sample.makeHostile()
    case .absorbed:
      sample.incident.kind = .absorbed
      sample.incident.record.cause = nil
      sample.incident.record.status = 200
      var second = sample.attempts[0]
      second.cause = nil
      second.startMs = 3
      second.status = 200
      sample.attempts.append(second)
    case .crowded:
      sample.isReused(age: 3900)
      sample.neighbours = Cause.allCases.map { Sample.problem($0) }
      sample.changes = Change.Kind.allCases.map { Change(kind: $0, time: Sample.time - 30_000, text: "v42") }
    }
    return sample
  }
}

extension Sample {
  static let harm = "\u{1B}[2J\u{202E}'; rm -rf / #\n\r\u{7}\u{0}\u{9B}\u{85}$(reboot)`reboot`\u{200B}"

  mutating func makeHostile() {
    let long = String(repeating: "é\u{1B}]0;", count: 4000)
    isAt("http://" + Self.harm + ":3000", address: Self.harm + long)
    attempts[0].errno = Self.harm
    attempts[0].phase = Self.harm
    incident.record.method = Self.harm + long
    incident.record.path = "/" + Self.harm + long
    incident.record.host = Self.harm + long
    incident.record.client = Self.harm + long
    incident.record.listener = Self.harm + long
    incident.record.upstream = Self.harm + long
    incident.record.time = Self.harm
    incident.record.rule = Self.harm + long
    incident.record.phase = Self.harm + long
    saw(Self.harm + long, "ssh")
    incident.evidence?.resolution = ResolutionEvidence(name: Self.harm, addresses: [Self.harm], responseCode: Self.harm)
    incident.evidence?.changes = [Change(kind: .deploy, time: Sample.time - 1000, text: Self.harm + long)]
    incident.evidence?.load = UpstreamLoad(
      requests: .max, requestsMax: 1, queued: .max, queueMax: .min, connections: .min, connectionsMax: .max)
    incident.evidence?.declaredLength = .max
    incident.evidence?.endpoints?[0].lastSuccessMs = -1e30
    incident.evidence?.endpoints?[0].failuresInARow = .max
    incident.evidence?.endpoints?.append(
      Sample.condition(Self.harm, success: .nan, failure: .infinity, failures: .max))
    incident.record.totalMs = .infinity
    attempts[0].isReused = true
    attempts[0].ageMs = .min
    neighbours = [
      Problem(
        number: .min, key: ProblemKey(cause: Self.harm, route: nil, upstream: Self.harm, endpoint: Self.harm),
        who: Self.harm, state: .over, firstSeen: .min, lastSeen: .max, count: .max, absorbed: .min, kept: .min,
        lastMinute: .min, example: Self.harm)
    ]
    changes = [.min, .max, 0].map { Change(kind: .reload, time: $0, text: Self.harm) }
  }
}
