import SluiceDiagnosis
import SluiceGuide
import SluiceLogs

/// What a whole line of a log leads to in the guide, as `sluice logs` reads it.
///
/// A line has many words that say nothing of its failure, `HTTP/1.1` and the status above all, so the guide's own
/// search by words must not see it.
struct LineLookup {
  /// Characters below which a text is a piece of a line: the guide looks for those.
  private static let lineMin = 24

  let product: LogProduct
  /// The likeliest first.
  let pages: [PageID]

  /// nil: it is no line of a log that is known, or nothing failed in it that the guide could tell of.
  init?(_ text: String) {
    guard text.count >= Self.lineMin, text.contains(" ") || text.hasPrefix("{"),
      let line = LogFormatTable.standard.recognise(text), let entry = line.entry
    else { return nil }
    product = line.product
    if let conclusion = entry.conclusion {
      let causes = ([conclusion.cause] + conclusion.alternatives).map { PageID.cause($0) }
      // A line that tells no more than a status is told by that.
      let isGuess = conclusion.sure == .possible || conclusion.sure == .unknown
      pages = (isGuess ? entry.status.map { [.status(Int($0))] } ?? [] : []) + causes
    } else if let cause = entry.event?.cause {
      pages = [.cause(cause)]
    } else if entry.kind == .request, let status = entry.status {
      pages = [.status(Int(status))]
    } else {
      return nil
    }
  }

  /// One sentence, for above the page.
  var sentence: String {
    let names = pages.dropFirst().prefix(4).map(\.name)
    let others = names.isEmpty ? "." : "; it can also mean \(names.joined(separator: ", "))."
    return "A line of \(product.title): \(pages.first?.name ?? "")\(others)"
  }
}
