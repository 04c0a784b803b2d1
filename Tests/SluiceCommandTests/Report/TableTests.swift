import SluiceIncidents
import Testing

@testable import sluice

@Suite("Tables")
struct TableTests {
  private func incidents() throws -> [Incident] {
    [try Fixtures.absorbed(), try Fixtures.ssh(), try Fixtures.refused()]
  }

  private func lines(_ incidents: [Incident], _ screen: Screen) -> [String] {
    var table = IncidentTable(for: incidents, screen: screen)
    return [table.head] + incidents.flatMap { table.lines($0) }
  }

  @Test("incidents at 80 columns: what is long gives way, the ID never")
  func narrow() throws {
    #expect(
      lines(try incidents(), Screen(width: 80)).joined(separator: "\n") == """
        TIME     CODE CAUSE            UPSTREAM REQUEST       ID
        2026-11-24 (UTC)
        03:20:00 200  stale_keepalive  app      GET /         01M85S2HVV00000000000000C3
        03:20:00 502  not_http         git      POST /x       01M85S2HVV00000000000000B2
        03:20:00 502  connect_refused  app      GET /orders   01M85S2HVV00000000000000A1
        """)
  }

  @Test("incidents at 120 columns are told whole")
  func wide() throws {
    #expect(
      lines(try incidents(), Screen(width: 120)).joined(separator: "\n") == """
        TIME     CODE CAUSE            WHO           UPSTREAM REQUEST          ID
        2026-11-24 (UTC)
        03:20:00 200  stale_keepalive  configuration app      GET /            01M85S2HVV00000000000000C3
        03:20:00 502  not_http         configuration git      POST /x          01M85S2HVV00000000000000B2
        03:20:00 502  connect_refused  application   app      GET /orders      01M85S2HVV00000000000000A1
        """)
  }

  @Test("colours change no column")
  func coloured() throws {
    let plain = lines(try incidents(), Screen(width: 80))
    let coloured = lines(try incidents(), Screen(width: 80, hasColour: true))
    #expect(coloured != plain)
    #expect(coloured.map(\.withoutColours) == plain)
  }

  @Test("rows that come later keep within the screen", arguments: [40, 80, 120, 200])
  func later(width: Int) throws {
    var table = IncidentTable(for: [], screen: Screen(width: width))
    let rows = try incidents().flatMap { table.lines($0) }
    // An ID is never cut, so a narrower screen breaks the line itself.
    for row in [table.head] + rows where width >= 80 { #expect(PlainText.width(row) <= width) }
    #expect(Fixtures.ids.allSatisfy { id in rows.contains { $0.hasSuffix(id) } })
  }

  @Test("the totals tell kinds, times and that there may be more")
  func totals() throws {
    #expect(
      IncidentTotals(try incidents()).line(limit: nil)
        == "3 incidents: 2 failed, 1 that no client noticed; 2026-11-24 03:20:00 to 03:20:00 UTC")
    #expect(
      IncidentTotals([try Fixtures.ssh()]).line(limit: 1).contains("1 incident: 1 failed (as many as --limit allows"))
    #expect(IncidentTotals().line(limit: nil) == "no incidents")
  }

  private let problems = [
    Problem(
      number: 1,
      key: ProblemKey(cause: "connect_refused", route: "/", upstream: "app", endpoint: "http://127.0.0.1:3000"),
      who: "application", state: .ongoing, firstSeen: Fixtures.now - 600_000, lastSeen: Fixtures.now - 3000, count: 42,
      absorbed: 2, kept: 20, lastMinute: 12, example: Fixtures.ids[0]),
    Problem(
      number: 2, key: ProblemKey(cause: "request_head_timeout", route: nil, upstream: nil, endpoint: nil),
      who: "client", state: .over, firstSeen: Fixtures.now - 7_200_000, lastSeen: Fixtures.now - 7_100_000, count: 1,
      absorbed: 0, kept: 0, lastMinute: 1, example: nil),
  ]

  private func lines(_ problems: [Problem], _ screen: Screen) -> String {
    let table = ProblemTable(for: problems, now: Fixtures.now, screen: screen)
    return ([table.head] + problems.flatMap(table.lines)).joined(separator: "\n")
  }

  @Test("problems at 80 columns take two lines and the command that explains one")
  func problemsNarrow() {
    #expect(
      lines(problems, Screen(width: 80)) == """
        STATE   CAUSE                WHO          COUNT PER MIN FIRST SEEN  LAST SEEN
        ongoing connect_refused      application     42      12 10 min ago    3 s ago
                route /, upstream app, http://127.0.0.1:3000
                sluice why 01M85S2HVV00000000000000A1
        over    request_head_timeout client           1       -    2 h ago    1 h ago
                before a route
        """)
    #expect(
      ProblemTable.totals(problems) == "2 problems, 1 ongoing; 43 incidents in all")
    #expect(ProblemTable.totals([]) == "no problems")
  }

  @Test("problems on a wide screen take one line")
  func problemsWide() {
    #expect(
      lines(problems, Screen(width: 160)) == """
        STATE   CAUSE                WHO          COUNT PER MIN FIRST SEEN  LAST SEEN EXAMPLE                    WHERE
        ongoing connect_refused      application     42      12 10 min ago    3 s ago 01M85S2HVV00000000000000A1 route /, upstream app, http://127.0.0.1:3000
        over    request_head_timeout client           1       -    2 h ago    1 h ago -                          before a route
        """)
  }

  @Test("of problems that are watched, only news are told")
  func news() {
    var news = ProblemNews()
    #expect(news.take(problems).map(\.number) == [1, 2])
    #expect(news.take(problems).isEmpty)
    var later = problems
    later[0].count = 83
    #expect(news.take(later).isEmpty)
    later[0].count = 84
    #expect(news.take(later).map(\.count) == [84])
    later[0].state = .over
    #expect(news.take(later).map(\.state) == [.over])
  }
}
