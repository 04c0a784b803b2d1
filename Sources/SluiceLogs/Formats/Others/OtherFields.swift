internal import SluiceCore
internal import SluiceDiagnosis

/// Lines of proxies with a format or two each, as entries.
enum OtherFields {
  static func cloudflare(_ values: FieldValues) -> LogEntry? {
    var entry = LogEntry(.cloudflare, .request, reading: values)
    entry.connectTime = values.milliseconds(.connectTime, perSecond: 1000)
    entry.headTime = values.milliseconds(.headTime, perSecond: 1000)
    entry.conclude(OtherSignatures.cloudflare, values)
    entry.conclude(proxyStatus: values[.proxyStatus])
    return entry
  }

  /// A line of an access log whose form is the combined one.
  static func access(_ product: LogProduct, _ values: FieldValues, _ rows: [Signature]) -> LogEntry? {
    var entry = LogEntry(product, .request, reading: values)
    entry.conclude(rows, values)
    return entry
  }

  static func ats(_ values: FieldValues) -> LogEntry? {
    var entry = LogEntry(.ats, .request, reading: values)
    entry.totalTime = values.milliseconds(.totalTime, perSecond: 1000)
    entry.conclude(OtherSignatures.ats, values)
    return entry
  }

  static func atsError(_ given: FieldValues) -> LogEntry? {
    var values = given
    let text = values[.errorText] ?? ""
    values[.endpoint] = part(of: text, behind: "] to ")
    values[.path] = part(of: text, behind: "url='") ?? part(of: text, behind: "for '")
    values[.status] = part(of: text, behind: " status ")
    var entry = LogEntry(.ats, .failure, reading: values)
    entry.conclude(OtherSignatures.ats, values)
    return entry.conclusion == nil ? nil : entry
  }

  static func varnish(_ given: FieldValues) -> LogEntry? {
    var values = given
    let text = values[.message] ?? ""
    switch values[.logger] {
    case "FetchError":
      values[.errorText] = text
      values[.upstream] = part(of: text, behind: "backend ")
      var entry = LogEntry(.varnish, .failure, reading: values)
      entry.conclude(OtherSignatures.varnish, values)
      return entry.conclusion == nil ? nil : entry
    case "Backend_health", nil:
      if values[.logger] != nil { values[.upstream] = text.split(separator: " ").first.map(String.init) }
      var entry = LogEntry(.varnish, .event, reading: values)
      entry.conclude(OtherSignatures.varnishEvents, values)
      return entry.event == nil ? nil : entry
    default: return nil
    }
  }

  static func nghttpx(_ given: FieldValues) -> LogEntry? {
    var values = given
    values[.endpoint] = values[.message].flatMap { part(of: $0, behind: "addr=") }
    var entry = LogEntry(.nghttpx, .event, reading: values)
    guard entry.conclude(OtherSignatures.nghttpx, values) != nil else { return nil }
    if entry.conclusion != nil { entry.kind = .failure }
    return entry
  }

  static func pingora(_ given: FieldValues) -> LogEntry? {
    var values = given
    values[.endpoint] = values[.errorText].flatMap { part(of: $0, behind: "addr: ") }
    var entry = LogEntry(.pingora, .failure, reading: values)
    entry.conclude(OtherSignatures.pingora, values)
    return entry
  }

  static func linkerd(_ given: FieldValues) -> LogEntry? {
    var values = given
    let text = values[.message] ?? ""
    if values[.errorText] == nil, let place = text.range(behind: " error=") {
      let end = text.range(before: " error.sources=") ?? text.endIndex
      values[.errorText] = place < end ? String(text[place..<end]) : nil
    }
    values[.client] = values[.client] ?? part(of: text, behind: "client.addr=")
    let error = values[.errorText] ?? text
    values[.endpoint] =
      values[.endpoint] ?? part(of: text, behind: "server.addr=") ?? part(of: error, behind: "endpoint ")
    let isRequest = text.holds("request failed") || text.holds("Failed to proxy request")
    if isRequest {
      values[.errorText] = error
      var entry = LogEntry(.linkerd, .failure, reading: values)
      entry.conclude(OtherSignatures.linkerd, values)
      return entry.conclusion == nil ? nil : entry
    }
    var entry = LogEntry(.linkerd, .event, reading: values)
    entry.conclude(OtherSignatures.linkerdEvents, values)
    if values[.errorText] != nil, let cause = OtherSignatures.linkerd.first(matching: values)?.conclusion?.cause {
      entry.event?.cause = cause
    }
    return entry.event == nil ? nil : entry
  }

  /// The word behind a text, without what ends it.
  static func part(of text: String, behind start: String) -> String? {
    guard let place = text.range(behind: start) else { return nil }
    var word = text[place...].prefix { !" ,;'\"})>".contains($0) }
    while word.last == ":" { word = word.dropLast() }
    return word.isEmpty ? nil : String(word)
  }
}

extension String {
  /// The place behind the first `text`.
  fileprivate func range(behind text: String) -> Index? {
    range(before: text).map { utf8.index($0, offsetBy: text.utf8.count) }
  }

  /// The place of the first `text`, whose bytes are looked for.
  fileprivate func range(before text: String) -> Index? {
    guard let first = text.utf8.first else { return startIndex }
    var place = utf8.startIndex
    while let next = utf8[place...].firstIndex(of: first) {
      if utf8[next...].starts(with: text.utf8) { return next }
      place = utf8.index(after: next)
    }
    return nil
  }
}
