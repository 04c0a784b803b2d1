import ArgumentParser
import Foundation
import SluiceLogs

struct Logs: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Find the causes of 502, 503 and 504 in the logs of other proxies.",
    discussion: """
      Reads the logs of nginx, ingress-nginx, HAProxy, Envoy, Apache httpd, Caddy,
      Traefik, AWS ALB and ELB, Cloudflare, Traffic Server, Varnish, nghttpx,
      Pingora, Linkerd and Sluice, as files, gzip, rotated sets, folders or from
      standard input; the forms are recognised. Give the error log and the access
      log of a proxy together: each tells what the other does not.

      Examples:
        sluice logs /var/log/nginx/error.log /var/log/nginx/access.log
        sluice logs /var/log/haproxy.log* --since 2h
        sluice logs /var/log/nginx --html report.html --redact
        journalctl -u haproxy -o short-iso | sluice logs -
        sluice logs access.log --follow
        sluice logs access.log --ndjson | jq 'select(.cause)'
        sluice logs access.log --formats my-formats.yaml

      Exit codes: 0 nothing failed, 1 something did, 2 usage, 3 a log could not be
      read, or not to its end, or no line of it was understood; so at the end of
      --follow, too.
      """)

  @Argument(help: "Files, folders, or - for standard input.")
  var files: [String]

  @OptionGroup var options: LogsOptions

  @Flag(help: "One JSON object on standard output; with --follow one for each change.")
  var json = false

  @Flag(help: "One JSON object for each recognised line.")
  var ndjson = false

  @Option(help: "Also write the report as one HTML file.")
  var html: String?

  @Flag(help: "Go on with what is written to the logs, until SIGINT; problems are shown as they come.")
  var follow = false

  @Flag(help: "Replace addresses, host names of URLs, user names, paths and query strings.")
  var redact = false

  func validate() throws {
    if files.isEmpty { throw ValidationError("name a log, a folder of logs, or - for standard input") }
    if json, ndjson { throw ValidationError("--json and --ndjson are two forms of the output: take one") }
    if ndjson, html != nil { throw ValidationError("--ndjson prints lines; --html needs the report: take one") }
    if follow, html != nil { throw ValidationError("--follow never ends; --html is written at the end: take one") }
    if files.filter({ $0 == "-" }).count > 1 { throw ValidationError("standard input can be read only once") }
  }

  func run() async throws {
    let source = try LogsSource(files: files, options: options, follow: follow, everyLine: ndjson)
    if ndjson { return try await LogsLines(source: source, redact: redact).run() }
    if follow { return try await LogsFollow(source: source, json: json, redact: redact).run() }
    try await LogsRound(source: source, json: json, html: html, redact: redact).run()
  }
}
