import SluiceCore
import SluiceDiagnosis
import SluiceGuide
import Testing

@Suite("Finding a page")
struct GuideLookupTests {
  @Test(
    "by a name",
    arguments: [
      ("502", .status(502)), ("HTTP 502", .status(502)), ("502 Bad Gateway", .status(502)),
      ("HTTP/1.1 502 Bad Gateway", .status(502)), ("bad gateway", .status(502)), ("Bad-Gateway!", .status(502)),
      ("error 504", .status(504)), ("gateway time-out", .status(504)), ("000", .status(0)),
      ("connect_refused", .cause(.connectRefused)), ("connect-refused", .cause(.connectRefused)),
      ("connectRefused", .cause(.connectRefused)), ("connection_refused", .type(.connectionRefused)),
      ("ECONNREFUSED", .cause(.connectRefused)), ("connection refused", .cause(.connectRefused)),
      ("dns_timeout", .cause(.dnsTimeout)), ("type:dns_timeout", .type(.dnsTimeout)),
      ("oom_killed", .rootCause(.outOfMemoryKilled)), ("CrashLoopBackOff", .rootCause(.crashLoop)),
      ("nginx", .product(.nginx)), ("502 vs 504", .comparison([502, 504])),
      ("difference between 502 and 503", .comparison([502, 503])), ("5xx", .comparison([500, 502, 503, 504])),
      ("teapot", .status(418)), ("599", .status(599)), ("597", .status(597)), ("", .index),
      ("too many requests", .status(429)), ("payload_too_large_", .status(413)),
    ] as [(String, PageID)])
  func names(_ text: String, _ page: PageID) {
    let answer = GuideLookup.find(text)
    if text.hasPrefix("payload") {
      #expect(answer == .several([.status(413), .cause(.requestBodyTooLarge)]))
    } else {
      #expect(answer == .page(page), "\(text)")
    }
  }

  @Test(
    "by what a log says, the likeliest first",
    arguments: [
      ("upstream prematurely closed", .closedBeforeResponse), ("SH--", .closedBeforeResponse),
      ("sH", .responseHeaderTimeout), ("SC--", .connectRefused), ("UF", .connectRefused), ("uf", .connectRefused),
      ("UC", .staleKeepalive), ("AH01102", .closedBeforeResponse), ("EOF", .closedBeforeResponse),
      ("no live upstreams", .allUnhealthy), ("upstream sent too big header", .headerSectionTooLarge),
      (
        "2026/11/26 20:14:02 [error] 7#7: *1 connect() failed (111: Connection refused) while connecting to upstream, client: 10.0.0.1",
        .connectRefused
      ),
      ("x509: certificate signed by unknown authority", .tlsCertUntrusted),
      ("net/http: timeout awaiting response headers", .responseHeaderTimeout),
      ("socket hang up", .closedBeforeResponse), ("ECONNRESET", .resetBeforeResponse),
      ("certificate has expired", .tlsCertExpired),
    ] as [(String, Cause)])
  func logs(_ text: String, _ cause: Cause) {
    switch GuideLookup.find(text) {
    case .page(let page): #expect(page == .cause(cause), "\(text)")
    case .several(let pages): #expect(pages.first == .cause(cause), "\(text): \(pages.map(\.name))")
    case .corrected, .nothing: Issue.record("\(text) leads nowhere")
    }
  }

  @Test(
    "a number of a system or shell is that error, and a status where it is one, too",
    arguments: [
      ("111", [.cause(.connectRefused)]), ("32", [.cause(.writeFailed)]), ("99", [.cause(.localPortsExhausted)]),
      ("137", [.rootCause(.outOfMemoryKilled), .rootCause(.processKilled)]), ("139", [.rootCause(.programFault)]),
      (
        "104",
        [.status(104), .cause(.resetBeforeResponse), .cause(.staleKeepalive), .cause(.connectReset)]
      ), ("000", [.status(0)]), ("404", [.status(404)]),
    ] as [(String, [PageID])])
  func numbers(_ text: String, _ pages: [PageID]) {
    #expect(GuideLookup.find(text) == (pages.count == 1 ? .page(pages[0]) : .several(pages)))
  }

  @Test("the summary of any failure to connect is not one of them")
  func summary() {
    guard case .several(let pages) = GuideLookup.find("AH01114") else {
      Issue.record("one cause was found")
      return
    }
    #expect(pages.first == .cause(.connectRefused) && pages.contains(.cause(.connectTimeout)))
  }

  @Test("small and capital letters of a flag differ")
  func flags() {
    #expect(GuideLookup.find("sC--") == .page(.cause(.connectTimeout)))
    guard case .several(let pages) = GuideLookup.find("SC--") else {
      Issue.record("something else was found")
      return
    }
    #expect(pages.contains(.cause(.allUnhealthy)))
  }

  @Test(
    "with a letter too much or too few",
    arguments: [
      ("conect_refused", .cause(.connectRefused)), ("bad gatway", .status(502)),
      ("stale_keep_alve", .cause(.staleKeepalive)), ("haproxi", .product(.haproxy)),
      ("oom_kiled", .rootCause(.outOfMemoryKilled)),
    ] as [(String, PageID)])
  func misspelled(_ text: String, _ page: PageID) {
    guard case .corrected(let found, _) = GuideLookup.find(text) else {
      Issue.record("\(text): \(GuideLookup.find(text))")
      return
    }
    #expect(found == page)
  }

  @Test("by words, when nothing has the name")
  func words() {
    switch GuideLookup.find("accept queue overflow backlog") {
    case .page(let page): #expect(page == .cause(.backlogFull))
    case .several(let pages): #expect(pages.contains(.cause(.backlogFull)))
    case .corrected, .nothing: Issue.record("no page was found")
    }
  }

  @Test("what nobody knows leads nowhere, and says so")
  func nothing() {
    guard case .nothing = GuideLookup.find("qqqq zzzz") else {
      Issue.record("something else was found")
      return
    }
  }

  @Test("every page is found by its own name", arguments: Guide.pageIDs)
  func own(_ id: PageID) {
    guard let kind = id.kind, id != .list(kind) else { return }
    #expect(GuideLookup.find("\(kind.rawValue):\(id.name)") == .page(id))
  }
}
