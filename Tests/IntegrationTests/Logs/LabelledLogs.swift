import Foundation
import TestSupport
import Testing

/// The programs in Tests/Applications/Logs: what labels the logs of real proxies, and what judges.
struct LabelledLogs {
  struct Score: Decodable {
    var proxy: String
    var judged: Int
    var right: Int
    var named: Int
    var wrong: Int
    var untold: Int
    var certain_wrong: Int
    var unlogged: Int
    var well: Int
    var share: Double
    var good: Bool
  }

  struct StoryScore: Decodable {
    var proxy: String
    var story: String
    var right: Bool
    var certain_wrong: Bool
    var told: String
  }

  struct Judgement: Decodable {
    var scores: [Score]
    var stories: [StoryScore]
  }

  struct Failed: Error {
    var status: Int32
    var said: String
  }

  let folder: TestFolder
  /// The program that is asked for the causes; nil: the built one.
  var program: String?

  private func run(_ name: String, _ arguments: [String]) async throws -> (
    status: Int32, output: String, errors: String
  ) {
    let built: URL = try #require(CommandRun.binary)
    let output = folder.file("output-\(UInt32.random(in: 0 ... .max))")
    let script = Application.script("Logs/\(name)")
    let process = try RunningProcess(
      // Proxies, lab and load beside all other tests: those have time limits, this has time.
      ["nice", "-n", "10", "python3", script, "--sluice", program ?? built.path] + arguments,
      environment: ["PYTHONDONTWRITEBYTECODE": "1"], output: output, in: folder)
    let status = await process.wait()
    return (status, (try? String(contentsOfFile: output, encoding: .utf8)) ?? "", process.errorText)
  }

  /// Lets the proxies log: in `PROXY/logs`, with `PROXY/labels.jsonl` beside it.
  func label(_ proxies: [String]) async throws {
    let run = try await run("label.py", ["--folder", folder.file("labels")] + proxies)
    guard run.status == 0 else { throw Failed(status: run.status, said: run.errors) }
  }

  /// - Returns: the judgement, what it complains of, and whether it says that all is good enough.
  func judge() async throws -> (judgement: Judgement, complaints: String, isGood: Bool) {
    let run = try await run("judge.py", ["--json", "--wrong", folder.file("labels")])
    guard run.status == 0 || run.status == 1 else { throw Failed(status: run.status, said: run.errors) }
    let judgement = try JSONDecoder().decode(Judgement.self, from: Data(run.output.utf8))
    return (judgement, run.errors, run.status == 0)
  }
}
