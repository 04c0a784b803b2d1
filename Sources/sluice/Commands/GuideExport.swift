import ArgumentParser
import Foundation
import SluiceGuide

struct GuideExport: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "guide",
    abstract: "Write the whole guide as pages for a browser.",
    discussion: """
      The pages link to each other, load nothing from elsewhere, and can be read
      without a script; the search works from a file, too. Each page is written as
      JSON beside it, and guide.json lists all of them.

      Examples:
        sluice guide --export guide && xdg-open guide/index.html
        sluice guide --export /var/www/guide --json

      Exit codes: 0 written, 2 usage, 3 could not be written.
      """)

  @Option(help: "The folder; it is made where it does not exist.")
  var export: String

  @Flag(help: "One JSON object on standard output.")
  var json = false

  func run() async throws {
    let folder = URL(fileURLWithPath: export, isDirectory: true)
    let files = try GuideSite.files()
    do {
      try Self.write(files, to: folder)
    } catch let problem as FolderProblem {
      Terminal.complain("error: \(PlainText.shown(export)) \(problem.text)")
      throw ExitStatus.failed.code
    } catch {
      let reason = (error as NSError).userInfo[NSUnderlyingErrorKey].map { " (\($0))" } ?? ""
      Terminal.complain("error: \(PlainText.shown(export)) cannot be written\(PlainText.shown(reason))")
      Terminal.complain("Name a folder that exists or can be made, and that you may write to.")
      throw ExitStatus.failed.code
    }
    let index = folder.appendingPathComponent("index.html").path
    if json { return Terminal.say(try JSONText.line(Written(files: files.count, index: index))) }
    Terminal.say("\(files.count) files; begin with \(PlainText.shown(index))")
  }

  /// Files of an older guide are replaced; a folder with anything else in it is left alone.
  static func write(_ files: [SiteFile], to folder: URL) throws {
    let disk = FileManager.default
    if let present = try? disk.contentsOfDirectory(atPath: folder.path), !present.isEmpty,
      !present.contains("guide.json")
    {
      throw FolderProblem(text: "is not empty, and holds no guide: choose another folder")
    }
    for file in files {
      let url = folder.appendingPathComponent(file.path)
      try disk.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.text.utf8).write(to: url, options: .atomic)
    }
  }

  struct FolderProblem: Error {
    let text: String
  }

  private struct Written: Encodable {
    let files: Int
    let index: String
  }
}
