internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

// Parts of sentences. Each is safe to show and nil where nothing is known.

extension Facts {
  /// The endpoint, or else the upstream.
  var here: String {
    if let place { return place.shown }
    if let upstream = record.upstream { return "upstream " + Shown.text(upstream) }
    return "the upstream"
  }

  /// The upstream's name.
  var upstream: String { record.upstream.map { "upstream " + Shown.text($0, limit: 48) } ?? "the upstream" }

  /// `GET /v1/orders`.
  var request: String {
    let method = record.method.map { Shown.text($0, limit: 16) } ?? "the request"
    guard let path = record.path else { return method }
    return method + " " + Shown.text(path, limit: 40)
  }

  /// `12:03:44 UTC`.
  var clock: String { Shown.text(String(record.time.dropFirst(11).prefix(8)), limit: 8) + " UTC" }

  var errno: String? { attempt?.errno.map { "The system call failed with \(Shown.text($0, limit: 24))." } }

  var lastAnswer: String? {
    guard let own else { return nil }
    guard let ago = own.lastSuccessMs else { return "The endpoint has not answered since the gateway started." }
    return "The endpoint last answered properly \(Shown.duration(ago)) before."
  }

  var inARow: String? {
    guard let own, own.failuresInARow > 1 else { return nil }
    return "\(own.failuresInARow) attempts in a row failed at this endpoint."
  }

  var othersShown: String? {
    guard let othersWork else { return nil }
    let count = Shown.count(others.count, "other endpoint", "other endpoints")
    if othersWork { return "The \(count) of the upstream answered within the last minute." }
    return allFail ? "The \(count) of the upstream failed last too." : nil
  }

  var connection: String? {
    guard isReused else { return attempt == nil ? nil : "The connection was fresh." }
    let uses = attempt?.uses.map { ", used \(Shown.count(Int($0), "time", "times")) before" } ?? ""
    return "The connection was reused" + (age.map { ", \(Shown.duration($0)) old" } ?? "") + uses + "."
  }

  var transferred: String? {
    attempt.map { "\(Shown.bytes($0.bytesSent)) were sent and \(Shown.bytes($0.bytesReceived)) received." }
  }

  var waitedShown: String? { waited.map { "It took \(Shown.duration($0)) from the request to the failure." } }

  var loadSentence: String? { loadShown.map { "Of the upstream: \($0)." } }

  func seen(_ problem: Problem) -> String {
    let place = problem.key.endpoint.map { " at " + Shown.text($0) } ?? ""
    return "At the same time: \(Shown.text(problem.key.cause, limit: 40))\(place), \(problem.count) so far."
  }

  /// The rule of the wire that was broken, in words where this version knows it.
  var rule: String? {
    guard let identifier = record.rule else { return nil }
    guard let rule = WireRule.allCases.first(where: { $0.identifier == identifier }) else {
      return "The rule that was broken: \(Shown.text(identifier, limit: 60))."
    }
    return "\(rule.section): \(rule.sentence)"
  }

  /// The first bytes, between quotation marks.
  var firstBytes: String? {
    guard let bytes = evidence?.firstBytes, bytes.count > 0 else { return nil }
    return "\"" + Shown.text(bytes.text, limit: Shown.bytesMax) + "\""
  }

  var firstBytesSentence: String? { firstBytes.map { "What came begins with \($0)." } }
}
