import Foundation
import TestSupport
import Testing

extension Integration {
  /// What looks at pages finds what it is there for.
  @Suite struct PageInspectionTests {
    private static let good = """
      <!doctype html><html lang="en"><head><title>Good</title><meta name="viewport" content="width=device-width">
      <style>:root { color-scheme: light dark }</style></head><body><main><h1>Good</h1><p>Text</p></main></body></html>
      """
    private static let bad = """
      <!doctype html><html><head><meta name="viewport" content="width=device-width"></head><body>
      <img src="http://192.0.2.1/x.png"><p style="color:#ccc;background:#fff">pale</p><div style="width:900px">wide</div>
      <script>throw new Error('thrown')</script><script>console.error('said')</script></body></html>
      """

    @Test(.timeLimit(.minutes(5)))
    func eachFaultOfAPageIsFound() async throws {
      let folder = try TestFolder()
      for (name, text) in [("good", Self.good), ("bad", Self.bad)] {
        try text.write(toFile: folder.file("\(name).html"), atomically: true, encoding: .utf8)
      }
      let urls = ["good", "bad"].map { "file://" + folder.file("\($0).html") }
      let verdicts = try await PageInspection.verdicts(
        urls, looks: ["400x800:light"], options: ["--screenshots", folder.path], in: folder)
      let good = try #require(verdicts.first { $0.url.hasSuffix("good.html") })
      let bad = try #require(verdicts.first { $0.url.hasSuffix("bad.html") })
      #expect(good.ok && good.detail.isEmpty && good.width == 400 && good.scheme == "light")
      #expect(!bad.ok)
      for fault in [
        "request elsewhere: http://192.0.2.1/x.png", "exception: thrown", "console: said", "color-contrast",
        "html-has-lang", "image-alt", "the content is 9",
      ] { #expect(bad.detail.contains(fault), "\(fault) is not in \(bad.detail)") }
      let pictures = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".png") }
      #expect(pictures.count == 2 && pictures.allSatisfy { $0.hasSuffix("-400-light.png") })
    }
  }
}
