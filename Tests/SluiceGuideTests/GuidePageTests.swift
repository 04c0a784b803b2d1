import Foundation
import SluiceCore
import SluiceDiagnosis
import SluiceGuide
import Testing

@Suite("The pages of the guide")
struct GuidePageTests {
  @Test(
    "clients are counted by their address, not by connection",
    arguments: [PageID.status(408), .status(429), .cause(.requestHeadTimeout), .cause(.requestNotHttp)])
  func clients(_ id: PageID) throws {
    let text = String(decoding: try JSONEncoder().encode(Guide.page(id)), as: UTF8.self)
    #expect(text.contains(".client | sub("), "\(id)")
    #expect(!text.contains(".client' access.log") && !text.contains("-r .client"))
  }

  @Test("there is one for every status, cause, root cause, type and product")
  func all() {
    let pages = Set(Guide.pageIDs)
    #expect(StatusTable.entries.allSatisfy { pages.contains(.status($0.code)) })
    #expect(Cause.allCases.allSatisfy { pages.contains(.cause($0)) })
    #expect(RootCause.allCases.allSatisfy { pages.contains(.rootCause($0)) })
    #expect(ProxyErrorType.allCases.allSatisfy { pages.contains(.type($0)) })
    #expect(Product.allCases.allSatisfy { pages.contains(.product($0)) })
    #expect(pages.count == Guide.pageIDs.count)
    let paths = Set(Guide.pageIDs.map(\.path))
    #expect(paths.count == pages.count)
  }

  @Test("every one has a title, a lead and text", arguments: Guide.pageIDs)
  func text(_ id: PageID) {
    let page = Guide.page(id)
    #expect(page.id == id && !page.title.isEmpty && page.lead.hasSuffix("."), "\(page.lead)")
    #expect(!page.sections.isEmpty)
    #expect(page.sections.allSatisfy { !$0.blocks.isEmpty && !$0.title.isEmpty })
    let ids = page.sections.map(\.id)
    #expect(Set(ids).count == ids.count)
    // Marks come in pairs.
    for text in Self.texts(page) { #expect(text.count { $0 == "`" } % 2 == 0, "\(text)") }
  }

  @Test("every cause says why, how to find out, what to do and how to prevent it", arguments: Cause.allCases)
  func cause(_ cause: Cause) {
    let ids = Set(Guide.page(.cause(cause)).sections.map(\.id))
    #expect(ids.isSuperset(of: ["why", "diagnosis", "remedies", "prevention", "client", "retrying"]))
    #expect(!cause.guideText.related.contains(cause))
    for step in cause.firstChecks { #expect(Self.texts(Guide.page(.cause(cause))).contains(step.sentence)) }
  }

  @Test("every root cause does, too", arguments: RootCause.allCases)
  func rootCause(_ root: RootCause) {
    let page = Guide.page(.rootCause(root))
    #expect(Set(page.sections.map(\.id)) == ["why", "diagnosis", "remedies", "prevention", "causes"])
    #expect(page.lead == root.sentence && page.facts[0].value == root.owner.identifier)
  }

  @Test("the important codes have full pages")
  func stories() {
    let wanted =
      [408, 413, 421, 425, 429, 431, 499, 500, 501, 502, 503, 504, 505, 507, 508, 511]
      + Array(520...526)
    #expect(StatusStory.all.keys.sorted() == wanted.sorted())
    for code in wanted {
      let ids = Set(Guide.page(.status(code)).sections.map(\.id))
      #expect(
        ids.isSuperset(of: ["meaning", "origin", "causes", "diagnosis", "remedies", "telling", "retrying", "questions"])
          || (ids.contains("diagnosis") && StatusStory.all[code]?.causes.isEmpty == true), "\(code)")
    }
  }

  @Test("what they say of a status agrees with the tables of the failures")
  func agreement() {
    for (code, story) in StatusStory.all where code < 520 {
      for told in story.causes where told.cause != .upstreamStatus && told.cause != .earlyFinalResponse {
        // 508 is what others answer to a loop; this gateway answers 502.
        #expect(Int(told.cause.status) == code || told.cause == .loopDetected, "\(code): \(told.cause.identifier)")
      }
    }
  }

  @Test("a type tells its section, status and causes as the RFC and the tables do")
  func types() {
    #expect(ProxyErrorType.dnsTimeout.section == "RFC 9209, section 2.3.1")
    #expect(ProxyErrorType.proxyLoopDetected.section == "RFC 9209, section 2.3.32")
    for type in ProxyErrorType.allCases {
      let page = Guide.page(.type(type))
      let texts = Self.texts(page).joined(separator: "\n")
      for cause in Cause.allCases where cause.proxyErrorType == type {
        #expect(texts.contains("`\(cause.identifier)`"))
      }
      if let status = type.recommendedStatus {
        #expect(page.facts.contains(GuideFact("Recommended status", "`\(status)`")))
      }
    }
    let parameters = Dictionary(
      uniqueKeysWithValues: ProxyErrorType.allCases.map { ($0, $0.guideText.parameters.map(\.name)) }
    ).filter { !$0.value.isEmpty }
    #expect(
      parameters == [
        .dnsError: ["rcode", "info-code"], .tlsAlertReceived: ["alert-id", "alert-message"],
        .httpRequestError: ["status-code", "status-phrase"],
        .httpResponseHeaderSectionSize: ["header-section-size"],
        .httpResponseHeaderSize: ["header-name", "header-size"], .httpResponseBodySize: ["body-size"],
        .httpResponseTrailerSectionSize: ["trailer-section-size"],
        .httpResponseTrailerSize: ["trailer-name", "trailer-size"], .httpResponseTransferCoding: ["coding"],
        .httpResponseContentCoding: ["coding"],
      ])
  }

  @Test("types that can come about after the head of a response are those that proxies do not only make themselves")
  func trailing() {
    let late = ProxyErrorType.allCases.filter { $0.guideText.mayFollowHead }
    #expect(
      late == [
        .connectionTerminated, .connectionReadTimeout, .connectionWriteTimeout, .tlsProtocolError, .tlsAlertReceived,
        .httpResponseIncomplete, .httpResponseHeaderSectionSize, .httpResponseHeaderSize, .httpResponseBodySize,
        .httpResponseTrailerSectionSize, .httpResponseTrailerSize, .httpResponseTransferCoding,
        .httpResponseContentCoding, .httpResponseTimeout, .httpProtocolError,
      ])
  }

  @Test("words between marks that look like a cause, a root cause or a code lead somewhere")
  func links() {
    for id in Guide.pageIDs {
      for text in Self.texts(Guide.page(id)) {
        for part in Markup.parts(text) {
          guard case .code(let word) = part else { continue }
          let looksLikeOne =
            word.contains("_") && word.allSatisfy { $0 == "_" || ("a"..."z").contains($0) }
            || word.count == 3 && word.allSatisfy(\.isNumber)
          let known: Set<String> = [
            "elb_status_code", "target_status_code", "err_trace", "handshake_failure", "unrecognized_name",
            "internal_error", "via_upstream", "tcp_abort_on_overflow", "ip_local_port_range", "client_max_body_size",
            "post_max_size", "large_client_header_buffers", "proxy_buffer_size", "nf_conntrack_max",
          ]
          #expect(!looksLikeOne || known.contains(word), "\(word) on \(id.path)")
        }
      }
    }
  }

  static func texts(_ page: GuidePage) -> [String] {
    [page.lead] + page.facts.map(\.value)
      + page.sections.flatMap(\.blocks).flatMap { block -> [String] in
        switch block {
        case .paragraph(let text): [text]
        case .list(let items): items
        case .steps(let steps): steps.map(\.text)
        case .table(let table): table.columns + table.rows.flatMap { $0 }
        case .questions(let questions): questions.flatMap { [$0.question, $0.answer] }
        }
      }
  }
}
