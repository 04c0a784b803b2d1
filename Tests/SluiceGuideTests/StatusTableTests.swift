import SluiceCore
import SluiceGuide
import Testing

@Suite("The table of status codes")
struct StatusTableTests {
  /// Value, description and reference of IANA's registry of HTTP status codes (version of 2025-09-15), without its
  /// ranges of unassigned codes.
  static let registry: [(Int, String, String)] = [
    (100, "Continue", "RFC 9110, section 15.2.1"), (101, "Switching Protocols", "RFC 9110, section 15.2.2"),
    (102, "Processing", "RFC 2518"), (103, "Early Hints", "RFC 8297"),
    (104, "Upload Resumption Supported", "draft-ietf-httpbis-resumable-upload"),
    (200, "OK", "RFC 9110, section 15.3.1"), (201, "Created", "RFC 9110, section 15.3.2"),
    (202, "Accepted", "RFC 9110, section 15.3.3"),
    (203, "Non-Authoritative Information", "RFC 9110, section 15.3.4"),
    (204, "No Content", "RFC 9110, section 15.3.5"), (205, "Reset Content", "RFC 9110, section 15.3.6"),
    (206, "Partial Content", "RFC 9110, section 15.3.7"), (207, "Multi-Status", "RFC 4918"),
    (208, "Already Reported", "RFC 5842"), (226, "IM Used", "RFC 3229"),
    (300, "Multiple Choices", "RFC 9110, section 15.4.1"), (301, "Moved Permanently", "RFC 9110, section 15.4.2"),
    (302, "Found", "RFC 9110, section 15.4.3"), (303, "See Other", "RFC 9110, section 15.4.4"),
    (304, "Not Modified", "RFC 9110, section 15.4.5"), (305, "Use Proxy", "RFC 9110, section 15.4.6"),
    (306, "(Unused)", "RFC 9110, section 15.4.7"), (307, "Temporary Redirect", "RFC 9110, section 15.4.8"),
    (308, "Permanent Redirect", "RFC 9110, section 15.4.9"), (400, "Bad Request", "RFC 9110, section 15.5.1"),
    (401, "Unauthorized", "RFC 9110, section 15.5.2"), (402, "Payment Required", "RFC 9110, section 15.5.3"),
    (403, "Forbidden", "RFC 9110, section 15.5.4"), (404, "Not Found", "RFC 9110, section 15.5.5"),
    (405, "Method Not Allowed", "RFC 9110, section 15.5.6"), (406, "Not Acceptable", "RFC 9110, section 15.5.7"),
    (407, "Proxy Authentication Required", "RFC 9110, section 15.5.8"),
    (408, "Request Timeout", "RFC 9110, section 15.5.9"), (409, "Conflict", "RFC 9110, section 15.5.10"),
    (410, "Gone", "RFC 9110, section 15.5.11"), (411, "Length Required", "RFC 9110, section 15.5.12"),
    (412, "Precondition Failed", "RFC 9110, section 15.5.13"),
    (413, "Content Too Large", "RFC 9110, section 15.5.14"), (414, "URI Too Long", "RFC 9110, section 15.5.15"),
    (415, "Unsupported Media Type", "RFC 9110, section 15.5.16"),
    (416, "Range Not Satisfiable", "RFC 9110, section 15.5.17"),
    (417, "Expectation Failed", "RFC 9110, section 15.5.18"), (418, "(Unused)", "RFC 9110, section 15.5.19"),
    (421, "Misdirected Request", "RFC 9110, section 15.5.20"),
    (422, "Unprocessable Content", "RFC 9110, section 15.5.21"), (423, "Locked", "RFC 4918"),
    (424, "Failed Dependency", "RFC 4918"), (425, "Too Early", "RFC 8470"),
    (426, "Upgrade Required", "RFC 9110, section 15.5.22"), (428, "Precondition Required", "RFC 6585"),
    (429, "Too Many Requests", "RFC 6585"), (431, "Request Header Fields Too Large", "RFC 6585"),
    (451, "Unavailable For Legal Reasons", "RFC 7725"), (500, "Internal Server Error", "RFC 9110, section 15.6.1"),
    (501, "Not Implemented", "RFC 9110, section 15.6.2"), (502, "Bad Gateway", "RFC 9110, section 15.6.3"),
    (503, "Service Unavailable", "RFC 9110, section 15.6.4"), (504, "Gateway Timeout", "RFC 9110, section 15.6.5"),
    (505, "HTTP Version Not Supported", "RFC 9110, section 15.6.6"), (506, "Variant Also Negotiates", "RFC 2295"),
    (507, "Insufficient Storage", "RFC 4918"), (508, "Loop Detected", "RFC 5842"), (510, "Not Extended", "RFC 2774"),
    (511, "Network Authentication Required", "RFC 6585"),
  ]

  @Test("holds what the registry holds, and nothing else as registered")
  func registered() {
    #expect(StatusTable.registered.map(\.code) == Self.registry.map(\.0))
    for (code, phrase, reference) in Self.registry {
      #expect(StatusTable[code]?.phrase == phrase)
      #expect(StatusTable[code]?.specification.hasPrefix(reference) == true, "\(code)")
      #expect(StatusTable[code]?.registration != .unregistered, "\(code)")
    }
    #expect(StatusTable.entries.filter { $0.registration == .unused }.map(\.code) == [306, 418])
    #expect(StatusTable.entries.filter { $0.registration == .temporary }.map(\.code) == [104])
    #expect(StatusTable.entries.filter { $0.registration == .obsoleted }.map(\.code) == [510])
  }

  @Test("has each code once, and those of products as not registered")
  func once() {
    let codes = StatusTable.entries.map(\.code)
    #expect(codes == codes.sorted() && Set(codes).count == codes.count)
    #expect(StatusTable.products.allSatisfy { $0.registration == .unregistered })
    let wanted = [0, 444, 460, 463, 494, 495, 496, 497, 499, 520, 521, 522, 523, 524, 525, 526, 530, 561]
    #expect(wanted.allSatisfy { StatusTable[$0]?.registration == .unregistered })
  }

  @Test("says what RFC 9110 section 15.1 and the other documents say about caching")
  func caching() {
    let byDefault = StatusTable.entries.filter { $0.caching == .byDefault }.map(\.code)
    #expect(byDefault == [200, 203, 204, 206, 300, 301, 308, 404, 405, 410, 414, 451, 501])
    #expect(StatusTable.entries.filter { $0.caching == .never }.map(\.code) == [428, 429, 431, 511])
  }

  @Test("means something in two sentences or more where it is about gateways, and says what to do")
  func texts() {
    for entry in StatusTable.entries {
      #expect(entry.meaning.hasSuffix(".") && entry.action.hasSuffix("."), "\(entry.code)")
      #expect(entry.meaning.count >= 40, "\(entry.code)")
    }
  }

  @Test("nothing is said to be undone where the code does not promise it", arguments: [502, 503, 504, 520, 522, 524])
  func retries(_ code: Int) throws {
    #expect(try #require(StatusTable[code]).retry == .laterIfIdempotent)
  }

  @Test("a code that no table has is told by its class")
  func unknown() {
    let page = Guide.page(.status(599 - 2))
    #expect(page.lead.contains("neither in IANA's registry"))
    #expect(page.facts.contains { $0.value.contains("treats it as `500`") })
  }

  @Test("every status that this gateway answers is in it, and names its causes")
  func causes() {
    for cause in Cause.allCases where !cause.passesResponse {
      #expect(StatusTable[Int(cause.status)]?.allCauses.contains(cause) == true, "\(cause.identifier)")
    }
  }
}
