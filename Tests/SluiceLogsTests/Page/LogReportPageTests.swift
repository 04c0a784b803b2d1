import Foundation
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("The page of a log report")
struct LogReportPageTests {
  private func page() throws -> String {
    LogReportPage(try ReportFixture.report(), summary: "2 problems", maker: "sluice").html
  }

  @Test("tells each problem, cause, time and amount")
  func tells() throws {
    let page = try page()
    for text in [
      "<h1>2 problems</h1>", "Nothing listened at 10.0.0.5:3000", "report answered /export", "connect_refused",
      "120,000", "error.log:1204", "ss -ltnp &#39;sport = :3000&#39;", "that followed", "that of the access log",
      "2026-11-26 20:14:02", "33.3 % of the requests",
      "1,000 failed of 16,000 requests", "33 more saved by a retry",
    ] {
      #expect(page.contains(text), "\(text)")
    }
  }

  @Test("asks nothing of the network and runs nothing, whatever a line holds")
  func inert() throws {
    let page = try page()
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    for markup in ["<script", "src=", "href=", "url(", "@import", "\u{1B}"] {
      #expect(!page.contains(markup), "\(markup)")
    }
    #expect(page.contains("default-src 'none'; style-src 'unsafe-inline'"))
    #expect(page.contains("\\u{1b}[31mSegmentation fault"))
  }

  @Test("every drawing has a title in words, and bars for the slots with failures")
  func drawings() throws {
    let page = try page()
    #expect(page.components(separatedBy: "<svg").count == page.components(separatedBy: "role=\"img\"><title>").count)
    // Eight slots of the whole and seven of the problem.
    #expect(page.components(separatedBy: "<rect class=\"bar\"").count - 1 == 15)
    #expect(page.contains("at most 200; the line is requests, at most 2,000"))
  }

  @Test("times stand at round moments, and each scale has its numbers")
  func scales() throws {
    let chart = TimeChart(
      start: "2026-11-26T20:03:20.000Z", slotSeconds: 40, failures: [Int](repeating: 1, count: 60),
      requests: [Int](repeating: 1500, count: 60))
    let drawing = ChartDrawing(chart, title: "x")
    #expect(drawing.ticks == [400, 1000, 1600, 2200])
    var page = HTMLWriter()
    drawing.write(to: &page)
    for text in [">20:10:00<", ">20:40:00<", ">1,500<"] { #expect(page.text.contains(text), "\(text)") }
  }

  @Test("redacted it holds no address, name, path or query of anybody")
  func redacted() throws {
    var redaction = Redaction()
    let report = try ReportFixture.report().redacted(by: &redaction)
    let page = LogReportPage(report, summary: "2 problems", maker: "sluice").html
    for text in ["10.0.0.5", "203.0.113.9", "shop.example", "/cart", "token", "/export"] {
      #expect(!page.contains(text), "\(text)")
    }
    #expect(page.contains("address-2:3000"))
  }
}
