import ArgumentParser
import Foundation

@main
struct Sluice: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sluice",
    abstract: "An HTTP gateway that never leaves anyone guessing about a 502.",
    discussion: """
      Examples:
        sluice run --to http://127.0.0.1:3000     in front of one application
        sluice run --config sluice.yaml           as the file says
        sluice check --config sluice.yaml         every mistake in the file at once
        sluice doctor http://127.0.0.1:3000       who fails, why, what next
        sluice why 01M84EAQ25CR0FY9K83BQ3WT6P     one failure explained
        sluice incidents --since 1h               failed exchanges, each by itself
        sluice problems                           the same, by cause and place
        sluice logs access.log error.log          causes in logs of other proxies
        sluice explain 502                        a status, a cause or a log line
        sluice deploy "api v42"                   marks a deploy
        sluice lab                                an origin that fails on purpose

      Exit codes: 0 fine, 1 found what it looks for, 2 usage, 3 could not do its
      work.
      """,
    version: "sluice \(Version.text)",
    subcommands: [
      Run.self, Check.self, Doctor.self, Why.self, Incidents.self, Problems.self, Deploy.self, Logs.self,
      Top.self, Explain.self, GuideExport.self, Lab.self,
    ])

  /// The parser's own code for a usage error is 64; ours is 2 for every command.
  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    var asked: (any ParsableCommand.Type)?
    do {
      var command = try parseAsRoot()
      asked = type(of: command)
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let code as ExitCode {
      Foundation.exit(code.rawValue)
    } catch {
      end(with: error, of: asked)
    }
  }

  /// The usage is that of the command, also where a mistake shows only when it runs.
  private static func message(for error: any Error, of command: (any ParsableCommand.Type)?) -> String {
    guard let command, configuration.subcommands.contains(where: { $0 == command }) else {
      return fullMessage(for: error)
    }
    let name = command._commandName
    return command.fullMessage(for: error).replacing("Usage: \(name)", with: "Usage: sluice \(name)")
      .replacing("See '\(name) --help'", with: "See 'sluice \(name) --help'")
  }

  private static func end(with error: any Error, of command: (any ParsableCommand.Type)?) -> Never {
    let text = message(for: error, of: command)
    let isHelp = exitCode(for: error) == .success
    if isHelp {
      Terminal.say(text)
    } else {
      Terminal.complain(text)
    }
    Foundation.exit(isHelp ? ExitStatus.fine.rawValue : ExitStatus.usage.rawValue)
  }
}

/// What a command ends with.
enum ExitStatus: Int32 {
  case fine = 0
  /// Found what it looks for: an invalid configuration, a failing probe.
  case found = 1
  case usage = 2
  /// Could not do its work.
  case failed = 3

  var code: ExitCode { ExitCode(rawValue) }
}

enum Version {
  static let text = "0.1.0"
}
