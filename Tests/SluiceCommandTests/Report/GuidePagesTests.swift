import SluiceCore
import SluiceGuide
import Testing

@testable import sluice

@Suite("The guide in a terminal")
struct GuidePagesTests {
  private static let plain = Screen(width: 80)

  @Test("502 answers what, who, why, how to find out and what to do on one screen", arguments: [24, 30, 40])
  func oneScreen(_ height: Int) throws {
    let page = Guide.page(.status(502))
    let lines = try #require(GuideScreen(page, screen: Self.plain, rows: height - 1)).lines
    #expect(lines.count < height)
    #expect(lines.allSatisfy { PlainText.width($0) <= 80 })
    let text = lines.joined(separator: "\n")
    #expect(text.hasPrefix("502 Bad Gateway\nA gateway or proxy asked the next hop"))
    for part in ["\nWho       ", "\nWhy       connect_refused", "\nFind out  1. ", "\nDo        - ", "--full"] {
      #expect(text.contains(part), "\(part)")
    }
    #expect(text.contains("       curl ") && text.contains("closed_before_response"))
  }

  @Test("so does every page that has an answer, on the smallest screen", arguments: Guide.pageIDs)
  func smallest(_ id: PageID) {
    guard let answer = GuideScreen(Guide.page(id), screen: Self.plain, rows: 23) else { return }
    #expect(answer.lines.count <= 23, "\(answer.lines.joined(separator: "\n"))")
    #expect(answer.lines.contains { $0.hasPrefix("Do ") })
    if !answer.brief.why.isEmpty { #expect(answer.lines.contains { $0.hasPrefix("Why ") }) }
    if !answer.brief.steps.isEmpty { #expect(answer.lines.contains { $0.hasPrefix("Find out ") }) }
  }

  @Test("whole pages fit 80 columns; only a word of a command may be longer", arguments: Guide.pageIDs)
  func columns(_ id: PageID) {
    let page = Guide.page(id)
    for lines in [
      GuideLines(page: page, screen: Self.plain).lines, GuideScreen(page, screen: Self.plain, rows: 39)?.lines ?? [],
    ] {
      for line in lines where PlainText.width(line) > 80 {
        #expect(line.contains("'") || line.contains("\""), "\(id.path): \(line)")
        #expect(line.first == " ", "\(id.path): \(line)")
      }
    }
  }

  @Test("a narrow screen is kept, too")
  func narrow() throws {
    let screen = Screen(width: 60)
    for code in [500, 502, 503, 504] {
      let lines = try #require(GuideScreen(Guide.page(.status(code)), screen: screen, rows: 39)).lines
      #expect(lines.allSatisfy { PlainText.width($0) <= 60 || $0.contains("'") || $0.contains("\"") })
    }
  }

  @Test("two codes stand beside each other")
  func comparison() {
    let text = GuideLines(page: Guide.page(.comparison([502, 504])), screen: Self.plain).lines.joined(separator: "\n")
    #expect(text.hasPrefix("502 and 504\nA 502 is a wrong answer"))
    #expect(
      text.contains(
        """
          What came back
          something invalid, or an end            nothing, until the time was over
        """))
  }

  @Test("nothing asked is answered with what there is, on one screen")
  func overview() {
    let lines = GuideOverview(screen: Self.plain).lines
    #expect(lines.count <= 24 && lines.allSatisfy { PlainText.width($0) <= 80 }, "\(lines.joined(separator: "\n"))")
  }

  @Test("several meanings are told with the names that lead to each, and what is not there with what is close")
  func choices() {
    let overview = GuideOverview(screen: Self.plain)
    guard case .several(let pages) = GuideLookup.find("ECONNRESET") else {
      Issue.record("one meaning only")
      return
    }
    let lines = overview.several(pages, asked: "ECONNRESET")
    #expect(lines[0] == "'ECONNRESET' can mean:" && lines[1].hasPrefix("  reset_before_response  The endpoint reset"))
    #expect(
      overview.nothing("zzzz\u{1B}", nearest: ["zone"])[0]
        == "The guide has nothing about 'zzzz\\u{1b}'. Did you mean 'zone'?")
  }

  @Test("the name that a page is asked for leads to it", arguments: Guide.pageIDs)
  func names(_ id: PageID) {
    #expect(GuideLookup.find(GuideNames.asked(id)) == .page(id))
  }

  @Test("colours take no room")
  func colours() throws {
    let page = Guide.page(.cause(.connectRefused))
    let painted = GuideLines(page: page, screen: Screen(width: 80, hasColour: true)).lines
    let plain = GuideLines(page: page, screen: Self.plain).lines
    #expect(painted.count == plain.count && painted != plain)
  }
}
