import SluiceCore

/// What somebody pasted to name an incident: an ID, a line or URL that holds one, or the client's own request ID.
enum PastedID: Equatable {
  case incident(ExchangeID)
  case clientRequest(String)
  /// The text holds several IDs, and nobody can tell which one is meant.
  case several([ExchangeID])
  case nothing

  /// Characters that are looked at: a pasted line, not a pasted file.
  static let lengthMax = 8192

  init(_ text: String) {
    let pasted = String(text.prefix(Self.lengthMax))
    var ids: [ExchangeID] = []
    for word in pasted.split(whereSeparator: { !($0.isASCII && ($0.isLetter || $0.isNumber)) }) {
      if let id = ExchangeID(String(word)), !ids.contains(id) { ids.append(id) }
    }
    if ids.count > 1 {
      self = .several(ids)
    } else if let id = ids.first {
      self = .incident(id)
    } else if let request = Self.clientRequest(in: pasted) {
      self = .clientRequest(request)
    } else {
      self = .nothing
    }
  }

  /// The text itself; of a header line its value.
  private static func clientRequest(in text: String) -> String? {
    var value = text.trimmed[...]
    if let colon = value.firstIndex(of: ":"), value[value.index(after: colon)...].hasPrefix(" ") {
      value = value[value.index(after: colon)...]
    }
    let request = String(value).trimmed
    return request.isEmpty ? nil : request
  }
}

extension String {
  /// Without the spaces, tabs and line ends around it.
  fileprivate var trimmed: String {
    let start = firstIndex { !$0.isWhitespace } ?? endIndex
    guard let last = lastIndex(where: { !$0.isWhitespace }), start <= last else { return "" }
    return String(self[start...last])
  }
}
