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
    let end = await EndFlag.onSignals()
    let result = await source.scan.run(onPause: { _ in
      flush(&output)
      try? await Task.sleep(for: Following.pause)
      return !end.isSet
    }) { entry in
      guard isWanted(entry) else { return }
      failed = failed || entry.conclusion.map { $0.who != .client } ?? false
      var answer = EntryAnswer(entry, file: file(entry))
      if redact { answer = answer.redacted(by: &redaction) }
      // A value of texts and numbers always has a form in JSON.
      output += ((try? JSONText.line(answer)) ?? "") + "\n"
      if output.utf8.count > Self.batchBytes { flush(&output) }
    }
    flush(&output)
    if !source.problems.isEmpty || result.lines > 0 && result.recognised == 0 { throw ExitStatus.failed.code }
    if failed { throw ExitStatus.found.code }
  }

  private func isWanted(_ entry: LogEntry) -> Bool {
    source.causes.isEmpty || (entry.conclusion?.cause.identifier).map(source.causes.contains) ?? false
  }

  private func file(_ entry: LogEntry) -> String {
    let sets = source.scan.sets
    guard sets.indices.contains(entry.place.source) else { return "?" }
    let set = sets[entry.place.source]
    let name = set.files.indices.contains(entry.place.file) ? set.files[entry.place.file] : set.name
    return name == "-" ? set.name : name
  }

  private func flush(_ output: inout String) {
    guard !output.isEmpty else { return }
    output.removeLast()
    Terminal.say(output)
    output = ""
  }
}
