/// What `tracing` says of its collector.
enum TracingText {
  static let serviceBytesMax = 128

  /// A URL with the path of the collector's receiver, which no part of OTLP adds by itself.
  static func endpoint(_ text: String) throws(Mistake) -> WebhookURL {
    let url = try WebhookText.parse(text)
    let rest = text.drop { $0 != ":" }.dropFirst(3)
    guard let slash = rest.firstIndex(of: "/"), rest.index(after: slash) < rest.endIndex else {
      throw Mistake("it has no path; a collector takes traces at '/v1/traces'")
    }
    return url
  }

  static func service(_ text: String) throws(Mistake) -> String {
    guard (1...serviceBytesMax).contains(text.utf8.count), text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
      throw Mistake("a service's name has 1 to \(serviceBytesMax) bytes and no control characters")
    }
    return text
  }

  /// Fields that are made for each export.
  static let ownFields: Set<String> = ["content-type", "content-encoding", "host", "user-agent"]

  static func headerName(_ text: String) throws(Mistake) -> String {
    let name = try FieldText.name(text)
    if ownFields.contains(name) || FieldText.ownFields.contains(name) {
      throw Mistake("cannot be set: it is made for each export")
    }
    return name
  }
}
