import Foundation
import SluiceLogs

/// Each recognised line as a JSON object.
struct LogsLines {
  let source: LogsSource
  let redact: Bool

  /// Bytes that are collected before they are written.
  private static let batchBytes = 65_536

  func run() async throws {
    var output = ""
    var redaction = Redaction()
    var failed = false
    var isHeard = true
    // Without `--follow` a signal ends the process, as it does any other that only reads.
    let end = source.scan.options.follows ? await EndFlag.onSignals() : nil
    if end != nil { Terminal.complain(LogsFollow.beginning(source.scan.sets)) }
    let result = await source.scan.run(
      mayGoOn: { isHeard && end?.isSet != true }, now: WallClock.milliseconds,
      onPause: { _ in
        isHeard = flush(&output) && isHeard
        guard isHeard else { return false }
        try? await Task.sleep(for: Following.pause)
        return end?.isSet != true
      }
    ) { entry in
      guard isHeard, isWanted(entry) else { return }
      failed = failed || entry.conclusion.map { $0.who != .client } ?? false
      var answer = EntryAnswer(entry, file: file(entry))
      if redact { answer = answer.redacted(by: &redaction) }
      // A value of texts and bounded numbers always has a form in JSON.
      guard let line = try? JSONText.line(answer) else { return }
      output += line + "\n"
      if output.utf8.count > Self.batchBytes { isHeard = flush(&output) }
    }
    _ = flush(&output)
    let reporting = LogsReporting(source: source)
    reporting.complain(of: result)
    try reporting.end(result, hasFailures: failed)
  }

  private func isWanted(_ entry: LogEntry) -> Bool {
    guard !source.causes.isEmpty else { return true }
    let untold = entry.tellsFailure ? "unknown" : nil
    return (entry.conclusion?.cause.identifier ?? untold).map(source.causes.contains) ?? false
  }

  private func file(_ entry: LogEntry) -> String {
    let sets = source.scan.sets
    guard sets.indices.contains(entry.place.source) else { return "?" }
    let set = sets[entry.place.source]
    let name = set.files.indices.contains(entry.place.file) ? set.files[entry.place.file] : set.name
    return name == "-" ? set.name : name
  }

  /// - Returns: false where nobody reads it any more.
  private func flush(_ output: inout String) -> Bool {
    guard !output.isEmpty else { return true }
    output.removeLast()
    defer { output = "" }
    return Terminal.offer(output)
  }
}
