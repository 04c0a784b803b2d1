internal import SluiceCore
internal import SluiceIncidents
internal import SluiceWire

/// `application/problem+json` (RFC 9457).
///
/// `type` is the cause's page of the guide where that is published, else `about:blank`: a type has to be an address,
/// and the gateway has none of its own that its clients can reach; a relative one would point into the application.
/// `title` is the status's phrase, and `cause` the machine's key. `instance` is a reference to the answered address
/// itself with the ID as fragment: unique, and in nobody's name space.
enum ProblemDocument {
  static func bytes(_ words: AnswerWords) -> [UInt8] {
    let room = 768 + jsonExpansionMax * words.textBytes
    return [UInt8](capacity: room) { output in
      output.write("{\"type\":\"")
      if let page = words.causePage { output.write(json: page) } else { output.write("about:blank") }
      output.write("\",\"title\":\"")
      output.write(reasonPhrase(words.status))
      output.write("\",\"status\":")
      output.write(decimal: UInt64(words.status))
      output.write(",\"detail\":\"")
      output.write(json: Array(words.sentence.utf8))
      output.write("\",\"instance\":\"#")
      output.write(words.id)
      output.write("\",\"cause\":\"")
      output.write(Array(words.cause.identifier.utf8))
      output.write("\",\"retryable\":")
      output.write(words.isRetryable ? "true" : "false")
      if words.cause.isIncident {
        output.write(",\"incident\":\"")
        output.write(words.id)
        output.write("\"")
      }
      if let retryAfter = words.retryAfter {
        output.write(",\"retryAfter\":")
        output.write(decimal: UInt64(max(retryAfter, 0)))
      }
      if let rule = words.rule, words.details.isEmpty || !words.details.contains(where: { "\($0.name)" == "rule" }) {
        output.write(",\"rule\":\"")
        output.write(Array(rule.identifier.utf8))
        output.write("\"")
      }
      for (name, value) in words.details {
        output.write(",\"")
        output.write(name)
        output.write("\":\"")
        output.write(json: Array(value.utf8))
        output.write("\"")
      }
      output.write("}\n")
    }
  }
}
