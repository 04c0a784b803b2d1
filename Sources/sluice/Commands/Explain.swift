import ArgumentParser
import SluiceGuide

struct Explain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Explain a status, a cause, an error type, or what a log says.",
    discussion: """
      Codes, names, phrases and pieces of logs of nginx, HAProxy, Envoy, Apache
      httpd, Caddy, Traefik, AWS ALB and Cloudflare lead to a page of the guide.
      A whole line of a log will do, too. Where a name has several meanings, its
      kind stands before it: type:dns_timeout.

      Examples:
        sluice explain 502
        sluice explain 502 504
        sluice explain connect_refused --full
        sluice explain 'upstream prematurely closed'
        sluice explain SC--
        sluice explain 503 --json | jq .brief

      Exit codes: 0 explained, 1 the guide has nothing about it, 2 usage.
      """)

  @Argument(parsing: .remaining, help: "What is to be explained; several codes are compared.")
  var words: [String] = []

  @Flag(help: "The whole page instead of one screen.")
  var full = false

  @Flag(help: "One JSON object on standard output.")
  var json = false

  func run() async throws {
    let asked = words.joined(separator: " ")
    let overview = GuideOverview(screen: Terminal.screen())
    if !asked.contains(" "), case .incident(let id) = PastedID(asked) {
      Terminal.complain("\(id) is the ID of an incident. What happened to it: sluice why \(id)")
      throw ExitStatus.found.code
    }
    if let line = LineLookup(asked), let page = line.pages.first {
      let above = WordWrap.lines(line.sentence, width: Terminal.screen().width)
      if !json { Terminal.complain(above.joined(separator: "\n")) }
      return try show(page, linesAbove: json ? 0 : above.count)
    }
    switch GuideLookup.find(asked) {
    case .page(.index) where !json && !full: Terminal.say(overview.lines, unless: false)
    case .page(let id): try show(id)
    case .corrected(let id, _):
      if !json { Terminal.complain("There is no '\(PlainText.shown(asked, limit: 60))'; this is \(id.name).") }
      // The line above takes one of the screen's.
      try show(id, linesAbove: json ? 0 : 1)
    case .several(let pages):
      if json { return Terminal.say(try JSONText.line(Choice(pages))) }
      Terminal.say(overview.several(pages, asked: asked), unless: false)
    case .nothing(let nearest):
      if json { Terminal.say(try JSONText.line(Choice([], nearest: nearest))) }
      Terminal.say(overview.nothing(asked, nearest: nearest), unless: json)
      throw ExitStatus.found.code
    }
  }

  private func show(_ id: PageID, linesAbove: Int = 0) throws {
    let page = Guide.page(id)
    if json { return Terminal.say(try JSONText.line(page)) }
    let screen = Terminal.screen()
    let short = full ? nil : GuideScreen(page, screen: screen, rows: Terminal.rows() - 1 - linesAbove)
    // The answers of all products are long, and seldom what a comparison is asked for.
    let whole = GuideLines(page: page, screen: screen, omitted: full || id.kind != .comparison ? [] : ["answers"])
    Terminal.say(short?.lines ?? whole.lines, unless: false)
  }

  /// Pages to choose from, for programs.
  private struct Choice: Encodable {
    struct Page: Encodable {
      let id: PageID
      let title: String
      let sentence: String
    }

    let pages: [Page]
    let nearest: [String]

    init(_ ids: [PageID], nearest: [String] = []) {
      pages = ids.map { Page(id: $0, title: Guide.summary($0).title, sentence: Guide.summary($0).sentence) }
      self.nearest = nearest
    }
  }
}
