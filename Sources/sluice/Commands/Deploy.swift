import ArgumentParser
import Foundation
import SluiceAdmin
import SluiceConfiguration
import SluiceCore
import SluiceIncidents

struct Deploy: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Mark a deploy, so that failures that begin with it are told so.",
    discussion: """
      Examples:
        sluice deploy "api v42"
        sluice deploy "api v42" --upstream api --config sluice.yaml
        sluice deploy "api v42" --upstream api --admin http://127.0.0.1:9180
        sluice deploy "api v42" --admin https://gateway.example:9180 \\
          --trust ca.pem --certificate ci.pem --key ci.key

      It needs no running gateway, but its store: run it as the gateway's user.
      With --admin it tells the running gateway instead, from any machine and as
      any user; a token is taken from SLUICE_ADMIN_TOKEN.

      Exit codes: 0 marked, 2 usage, also an upstream that there is not, 3 the
      store could not be written, or the gateway did not answer.
      """)

  @Argument(help: "What was deployed.")
  var text: String

  @Option(help: "The upstream that it concerns. (default: all)")
  var upstream: String?

  @Option(help: "The admin address of the gateway that is told, as in http://127.0.0.1:9180.")
  var admin: String?

  @OptionGroup var trust: AdminTrustOptions

  @OptionGroup var place: IncidentsStoreOptions

  @Flag(help: "One JSON object on standard output.")
  var json = false

  func validate() throws {
    if let admin {
      if place.store != nil || place.config != nil {
        throw ValidationError("--admin says which gateway is told; leave out --store and --config")
      }
      guard admin.hasPrefix("http://") || admin.hasPrefix("https://") else {
        throw ValidationError("--admin takes a URL such as http://127.0.0.1:9180")
      }
    } else if trust.isGiven {
      throw ValidationError("--trust and --certificate are for an https admin address; give --admin")
    }
    if !text.contains(where: { !$0.isWhitespace }) { throw ValidationError("say what was deployed, as in \"api v42\"") }
    if text.count > IncidentStore.textMax {
      throw ValidationError("what was deployed takes \(IncidentStore.textMax) characters at most")
    }
    if !text.unicodeScalars.allSatisfy(PlainText.isPlain) {
      throw ValidationError("what was deployed takes printable characters in one line")
    }
  }

  func run() async throws {
    if let admin { return try await mark(at: admin) }
    if let upstream, let configuration = try place.configuration() {
      let names = configuration.upstreams.map(\.name)
      guard names.contains(upstream) else {
        let hint = Spelling.nearest(to: upstream, in: names).map { "; did you mean '\($0)'?" } ?? ""
        throw ValidationError("there is no upstream '\(PlainText.peer(upstream, limit: 60))'\(hint)")
      }
    }
    let path = try place.path()
    let change = Change(kind: .deploy, time: WallClock.milliseconds(), text: text, upstream: upstream)
    do {
      try IncidentStore.mark(change, path: path)
    } catch {
      Terminal.complain("sluice: the deploy is not marked in \(path): \(PlainText.shown(error.description))")
      throw ExitStatus.failed.code
    }
    try say(change, place: path)
  }

  private func mark(at admin: String) async throws {
    let token = ProcessInfo.processInfo.environment["SLUICE_ADMIN_TOKEN"]
    let change: Change
    do {
      let client = try AdminPlace(url: admin).client(token: token, trust.value)
      let marked: Result<Change, any Error>
      do { marked = .success(try await client.mark(text, upstream: upstream)) } catch { marked = .failure(error) }
      await client.close()
      change = try marked.get()
    } catch {
      Terminal.complain("sluice: the deploy is not marked at \(PlainText.shown(admin)): \(PlainText.shown("\(error)"))")
      // What it refuses is a mistake of the command, as it is without --admin.
      throw ((error as? AdminClient.Failure)?.status == 422 ? ExitStatus.usage : .failed).code
    }
    try say(change, place: admin)
  }

  private func say(_ change: Change, place: String) throws {
    guard !json else { return Terminal.say(try JSONText.line(change)) }
    let concerned = upstream.map { " for upstream " + PlainText.shown($0) } ?? ""
    Terminal.say(
      "marked: \(PlainText.shown(text))\(concerned) at \(Moments.full(change.time)) in \(PlainText.shown(place))")
  }
}
