import Foundation
import SluiceGuide
import Testing

@Suite("The written guide")
struct GuideSiteTests {
  static let files = try? GuideSite.files()
  static let html: [SiteFile] = (files ?? []).filter { $0.path.hasSuffix(".html") }

  @Test("has a page as HTML and as JSON for each page of the guide")
  func complete() throws {
    let files = try #require(Self.files)
    let paths = Set(files.map(\.path))
    #expect(paths.count == files.count)
    for id in Guide.pageIDs { #expect(paths.contains(id.path + ".html") && paths.contains(id.path + ".json")) }
  }

  @Test("no link is dead, and every page is reached from the entrance")
  func links() throws {
    let files = try #require(Self.files)
    let texts = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) })
    var reached: Set<String> = ["index.html"]
    var waiting = ["index.html"]
    while let path = waiting.popLast() {
      let text = try #require(texts[path])
      for target in Self.targets(of: text) where !target.hasPrefix("#") {
        let parts = target.split(separator: "#", omittingEmptySubsequences: false)
        let resolved = Self.resolve(String(parts[0]), from: path)
        #expect(texts[resolved] != nil, "\(path): \(target)")
        if parts.count == 2 { #expect(texts[resolved]?.contains("id=\"\(parts[1])\"") == true) }
        if resolved.hasSuffix(".html"), reached.insert(resolved).inserted { waiting.append(resolved) }
      }
      for target in Self.targets(of: text) where target.hasPrefix("#") {
        #expect(text.contains("id=\"\(target.dropFirst())\""), "\(path): \(target)")
      }
    }
    #expect(reached == Set(Self.html.map(\.path)))
  }

  @Test("has nothing from elsewhere, no inline script or style, and a policy that forbids both")
  func policy() {
    #expect(!Self.html.isEmpty)
    for file in Self.html {
      let outside = file.text.replacingOccurrences(of: "<code>[^<]*</code>", with: "", options: .regularExpression)
      for attribute in ["href=\"http", "src=\"http", "href=\"//", "src=\"//", "url(", "style=\"", "onclick", "<style"] {
        #expect(!outside.contains(attribute), "\(file.path): \(attribute)")
      }
      let scripts = file.text.components(separatedBy: "<script").count - 1
      #expect(scripts == (file.path == "index.html" ? 2 : 0), "\(file.path)")
      #expect(file.text.contains("default-src 'none'") && !file.text.contains("unsafe-"))
    }
  }

  @Test("every page has a language, a title of its own, one h1 and headings in order")
  func headings() {
    var titles: Set<String> = []
    for file in Self.html {
      #expect(file.text.contains("<html lang=\"en\">"))
      let title = file.text.components(separatedBy: "<title>").dropFirst().first?.components(separatedBy: "<").first
      #expect(titles.insert(title ?? "").inserted, "\(file.path): \(title ?? "no title")")
      let levels = file.text.components(separatedBy: "<h").dropFirst().compactMap { Int($0.prefix(1)) }
      #expect(levels.first == 1 && levels.filter { $0 == 1 }.count == 1, "\(file.path)")
      for (above, below) in zip(levels, levels.dropFirst()) { #expect(below <= above + 1, "\(file.path)") }
      let ids = file.text.components(separatedBy: " id=\"").dropFirst().compactMap {
        $0.components(separatedBy: "\"").first
      }
      #expect(Set(ids).count == ids.count, "\(file.path)")
    }
  }

  @Test("tags are closed in the order in which they were opened")
  func tags() throws {
    let void: Set<String> = ["meta", "link", "input"]
    for file in Self.html {
      var open: [String] = []
      for piece in file.text.components(separatedBy: "<").dropFirst() where !piece.hasPrefix("!") {
        let name = String(piece.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber })
        if piece.hasPrefix("/") {
          #expect(open.popLast() == name, "\(file.path): </\(name)>")
        } else if !void.contains(name) {
          open.append(name)
        }
      }
      #expect(open.isEmpty, "\(file.path)")
    }
  }

  @Test("the JSON can be read, and the search knows every page but the entrance")
  func data() throws {
    let files = try #require(Self.files)
    for file in files where file.path.hasSuffix(".json") {
      #expect((try? JSONSerialization.jsonObject(with: Data(file.text.utf8))) != nil, "\(file.path)")
    }
    let index = try #require(files.first { $0.path == "search-index.js" }).text
    let json = index.dropFirst("const guideIndex = ".count).dropLast(2)
    let entries = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String]])
    #expect(entries.count == Guide.pageIDs.count - 1)
    #expect(Set(entries.map { $0[2] }).union(["index.html"]) == Set(Self.html.map(\.path)))
  }

  private static func targets(of text: String) -> [String] {
    ["href=\"", "src=\""].flatMap { attribute in
      text.components(separatedBy: attribute).dropFirst().compactMap { $0.components(separatedBy: "\"").first }
    }
  }

  private static func resolve(_ link: String, from path: String) -> String {
    var parts = path.split(separator: "/").dropLast().map(String.init)
    for part in link.split(separator: "/") {
      if part == ".." { _ = parts.popLast() } else { parts.append(String(part)) }
    }
    return parts.joined(separator: "/")
  }
}
