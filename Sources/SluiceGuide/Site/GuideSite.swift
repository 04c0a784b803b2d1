#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif
internal import SluiceCore

/// The whole guide as files that link to each other: HTML, the same as JSON, and a search that needs no network.
public enum GuideSite {
  public static func files() throws -> [SiteFile] {
    let pages = Guide.pageIDs.map(Guide.page)
    var files = pages.map { SiteFile(path: $0.id.path + ".html", text: GuideHTML($0).html) }
    for page in pages { files.append(SiteFile(path: page.id.path + ".json", text: try json(page))) }
    return files + (try shared(by: pages))
  }

  /// What the pages share, by path: style, search, and the list of all pages. Made when it is first asked for.
  public static let shared: [String: SiteFile] = {
    let files = try? shared(by: Guide.pageIDs.map(Guide.page))
    return Dictionary(uniqueKeysWithValues: (files ?? []).map { ($0.path, $0) })
  }()

  private static func shared(by pages: [GuidePage]) throws -> [SiteFile] {
    [
      SiteFile(path: "guide.css", text: GuideStyle.css), SiteFile(path: "search.js", text: SearchScript.javaScript),
      SiteFile(path: "search-index.js", text: "const guideIndex = \(try json(pages.compactMap(searchEntry)));\n"),
      SiteFile(path: "guide.json", text: try json(pages.map(Entry.init))),
    ]
  }

  /// A line of the list of all pages.
  private struct Entry: Encodable {
    let id: PageID
    let title: String
    let sentence: String

    init(_ page: GuidePage) {
      id = page.id
      title = page.title
      sentence = Markup.plain(Guide.summary(page.id).sentence)
    }
  }

  private static func searchEntry(_ page: GuidePage) -> [String]? {
    guard page.id != .index else { return nil }
    var words = page.brief.map { $0.why + $0.remedies } ?? []
    if case .cause(let cause) = page.id {
      words += SignTable.signs(of: cause).flatMap { [$0.text, $0.product.title] + $0.keys }
    }
    let plain = Set(words.flatMap { Words.of(Markup.plain($0)) }).sorted().joined(separator: " ")
    return [Guide.summary(page.id).title, Markup.plain(Guide.summary(page.id).sentence), page.id.path + ".html", plain]
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
