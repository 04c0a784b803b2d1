import Foundation
import SluiceConfiguration
import Testing

@testable import SluiceAdmin

/// What a page answers, as a browser would take it.
struct DashboardAnswer {
  let status: Int
  let contentType: String
  let html: String

  /// - Parameter target: path and query.
  init(_ target: String, _ source: AdminSource) async {
    let parts = target.split(separator: "?", maxSplits: 1)
    var request = AdminRequest(method: "GET", path: String(parts[0]))
    request.query = parts.count > 1 ? String(parts[1]) : nil
    request.host = "127.0.0.1:9180"
    let table = AdminTable(source, AdminPulse(source))
    let answer = await table.answer(request, AdminConfiguration(host: "127.0.0.1", port: 9180))
    status = answer.status
    contentType = answer.contentType
    html = String(decoding: answer.body, as: UTF8.self)
  }

  /// Where a text stands for the first time; nil: nowhere.
  func place(of text: String) -> Int? {
    html.range(of: text).map { html.distance(from: html.startIndex, to: $0.lowerBound) }
  }

  /// Markup of ours only: no script or style stands in the page, and every tag that opens is closed.
  func expectSound(sourceLocation: SourceLocation = #_sourceLocation) throws {
    #expect(contentType == "text/html; charset=utf-8", sourceLocation: sourceLocation)
    let scripts = html.matches(of: /<script[^>]*>[^<]/).map { String($0.output) }
    #expect(scripts == [], sourceLocation: sourceLocation)
    // Quotes of texts are escaped, so that what stands between two is the value of an attribute.
    let bare = html.replacing(/"[^"]*"/, with: "")
    let inline = bare.matches(of: /<[a-z][^>]*\s(style|on[a-z]+)=/).map { String($0.output.0) }
    #expect(inline == [], sourceLocation: sourceLocation)
    var open: [Substring] = []
    for tag in html.matches(of: /<(\/?)([a-z0-9]+)([^>]*)>/) where !Self.empty.contains(tag.output.2) {
      if tag.output.3.hasSuffix("/") { continue }
      guard tag.output.1 == "/" else {
        open.append(tag.output.2)
        continue
      }
      let last = open.popLast()
      try #require(last == tag.output.2, "\(last ?? "nothing") ends as \(tag.output.2)", sourceLocation: sourceLocation)
    }
    #expect(open == [], sourceLocation: sourceLocation)
    let names = html.matches(of: /\sid="([^"]*)"/).map { String($0.output.1) }
    #expect(Set(names).count == names.count, "an id stands twice: \(names)", sourceLocation: sourceLocation)
  }

  private static let empty: Set<Substring> = ["meta", "link", "input", "br"]
}
