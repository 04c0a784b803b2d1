internal import SluiceIncidents
internal import SluiceWire

/// Fields of a response that tell who answers.
struct AnswerFields {
  /// In lower case. Those that name a version are how applications and their frameworks commonly call it.
  private static let kept: Set<String> = [
    "server", "via", "proxy-status", "location", "retry-after", "x-powered-by", "x-version", "x-app-version",
    "x-application-version", "x-release", "x-revision", "x-commit", "x-build", "x-served-by", "x-runtime",
  ]

  private(set) var fields: [FieldSeen] = []
  private(set) var isOurselves = false

  /// - Parameter installation: the mark of the gateway that asks.
  init(_ list: [Field], in bytes: [UInt8], installation: String?) {
    for field in list {
      let name = Self.text(bytes, field.name).lowercased()
      guard Self.kept.contains(name) else { continue }
      let value = Self.text(bytes, field.value)
      if let installation, name == "via" || name == "proxy-status", Self.names(value, installation) {
        isOurselves = true
      }
      guard fields.count < NetworkLimits.fieldsMax else { continue }
      let shown = name == "location" ? ProbeTarget.withoutValues(value) : value
      fields.append(FieldSeen(name: name, value: String(shown.prefix(NetworkLimits.valueMax))))
    }
  }

  private static func text(_ bytes: [UInt8], _ range: ByteRange) -> String {
    String(decoding: bytes[range.offsets], as: UTF8.self)
  }

  /// A member of Via is `1.1 NAME`, one of Proxy-Status `NAME; error=…`.
  private static func names(_ value: String, _ installation: String) -> Bool {
    value.split(separator: ",").contains { member in
      member.split { $0 == " " || $0 == ";" || $0 == "\t" }.contains { $0 == installation }
    }
  }
}
