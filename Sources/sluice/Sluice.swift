import ArgumentParser
import Foundation

@main
struct Sluice: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sluice",
    abstract: "An HTTP gateway that never leaves anyone guessing about a 502.",
    discussion: """
      Examples:
        sluice run --to http://127.0.0.1:3000          in front of one application
        sluice run --config sluice.yaml                 as the file says; SIGHUP reloads, SIGTERM drains
        sluice check --config sluice.yaml               every mistake in the file at once
        sluice doctor http://127.0.0.1:3000             who fails, why, what next: any URL, or an upstream
        sluice why 01M84EAQ25CR0FY9K83BQ3WT6P           who, why, what to check: one failure explained
        sluice incidents --since 1h                     failed exchanges; sluice problems groups them
        sluice logs access.log error.log                causes in the logs of nginx, HAProxy, Envoy and others
        sluice explain 502                              what a status, a cause or a log line means
        sluice deploy "api v42"                         marks a deploy, for failures that begin with it
        sluice lab                                      an origin that fails on purpose, one way for each cause

      Exit codes: 0 fine, 1 found what it looks for, 2 usage, 3 could not do its work.
      """,
    version: "sluice \(Version.text)",
    subcommands: [
      Run.self, Check.self, Doctor.self, Why.self, Incidents.self, Problems.self, Deploy.self, Logs.self,
      Top.self, Explain.self, GuideExport.self, Lab.self,
    ])

  /// The parser's own code for a usage error is 64; ours is 2 for every command.
  static func main() async {
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let code as ExitCode {
      Foundation.exit(code.rawValue)
    } catch {
      end(with: error)
    }
  }

  private static func end(with error: any Error) -> Never {
    let text = fullMessage(for: error)
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
