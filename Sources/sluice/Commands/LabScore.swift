import ArgumentParser
import Foundation
import NIOPosix
import SluiceLab

struct LabScore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score",
    abstract: "Drive every scenario through a gateway in front of the lab, and judge its answers.",
    discussion: """
      Status, error type (Proxy-Status, RFC 9209), cause and owner are judged apart,
      so a gateway without Proxy-Status still has its statuses judged. A leak is
      what reached the client and is not HTTP, or is cut and looks whole; silent is
      a client without an answer. Exit code 1 where anything is wrong.

      Examples:
        sluice lab score --gateway http://127.0.0.1:8080
        sluice lab score --gateway http://127.0.0.1:8080 --name nginx --all
        sluice lab score --gateway http://127.0.0.1:8080 --json |
          jq '.[0].scenarios[] | select(.right | not)'
      """)

  @Option(help: "The gateway, http://host:port, with a configuration of `sluice lab config`. Repeat it for several.")
  var gateway: [String]

  @Option(help: "What the report calls the gateway; one for each --gateway.")
  var name: [String] = []

  @Option(help: "The longest that one scenario may take, in seconds.")
  var limit = 12

  @Flag(help: "Tell the right answers, too.")
  var all = false

  @Flag(help: "One JSON array on standard output, with an object for each gateway.")
  var json = false

  @Flag(help: "Tables in Markdown on standard output.")
  var markdown = false

  func validate() throws {
    for url in gateway where ScoredGateway(url: url) == nil {
      throw ValidationError("--gateway takes http://host:port, not '\(url)'")
    }
    if !name.isEmpty, name.count != gateway.count {
      throw ValidationError("--name is needed for each --gateway, or for none")
    }
    if !(1...60).contains(limit) { throw ValidationError("--limit takes 1 to 60") }
    if json, markdown { throw ValidationError("--json or --markdown, not both") }
  }

  func run() async throws {
    var scores: [GatewayScore] = []
    for (index, url) in gateway.enumerated() {
      guard let target = ScoredGateway(url: url, name: name.isEmpty ? nil : name[index]) else { continue }
      let score = await drive(target)
      if score.scenarios.allSatisfy({ $0.seen == "unreachable" }) {
        Terminal.complain("sluice lab score: nothing answers at \(url)")
        throw ExitStatus.failed.code
      }
      scores.append(score)
    }
    if json {
      Terminal.say(ScoreListing.json(scores))
    } else if markdown {
      Terminal.say(String(ScoreListing.markdown(scores).dropLast()))
    } else {
      for score in scores { Terminal.say(ScoreListing.text(score, isFull: all)) }
    }
    if !scores.allSatisfy(\.isRight) { throw ExitStatus.found.code }
  }

  private func drive(_ target: ScoredGateway) async -> GatewayScore {
    var run = ScoreRun(target, group: MultiThreadedEventLoopGroup.singleton)
    run.limitSeconds = limit
    let total = ScoreSubject.all(authority: target.authority).count
    let score = await run.score { ProgressLine.show("\(target.name): \($0) of \(total)") }
    ProgressLine.clear()
    return score
  }
}
