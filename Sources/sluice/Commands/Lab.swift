import ArgumentParser

/// Only the name of its commands: options of its own would be taken from theirs.
struct Lab: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run an origin that fails on purpose, or see what a gateway makes of it.",
    discussion: """
      Examples:
        sluice lab                              the origin, on its usual ports
        sluice lab --list                       every way in which it fails
        sluice lab --list --json | jq '.[].name'
        sluice lab config haproxy > haproxy.cfg   HAProxy in front of it
        sluice lab score --gateway http://127.0.0.1:8080 --name haproxy
        sluice lab label --gateway http://127.0.0.1:8080 --kind haproxy > truth

      Without a command it is `sluice lab run`.
      """,
    subcommands: [LabRun.self, LabConfig.self, LabScore.self, LabLabel.self], defaultSubcommand: LabRun.self)
}
