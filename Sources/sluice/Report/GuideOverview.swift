import SluiceGuide

/// What `sluice explain` says when it is asked for nothing, for several things at once, or for what is not there.
struct GuideOverview {
  let screen: Screen

  var lines: [String] {
    let examples = [
      ("502", "a status: what, who, why"),
      ("502 504", "codes side by side"),
      ("connect_refused", "a cause, or a root cause"),
      ("connection_refused", "an error type (RFC 9209)"),
      ("nginx", "answers and logs of another proxy"),
      ("'upstream prematurely closed'", "a piece of a log"),
      ("502 --full", "the whole page"),
    ]
    let column = examples.reduce(0) { max($0, $1.0.count + 2) }
    let uses = examples.flatMap { example in
      wrapped(example.1, first: "  sluice explain " + PlainText.padded(example.0, width: column), column: column + 17)
    }
    let kinds = GuideKind.allCases.flatMap { kind in
      wrapped(
        "\(Guide.pageIDs(kind).count) \(kind.title)",
        first: PlainText.padded("  sluice explain list:\(kind.rawValue)", width: 34),
        column: 34)
    }
    return [screen.paint("The guide: what statuses, causes and error types mean", .bold), ""] + uses
      + ["", screen.paint("All of a kind", .bold)] + kinds
      + ["", "The whole guide as pages for a browser: sluice guide --export DIR"]
  }

  private func wrapped(_ text: String, first: String, column: Int) -> [String] {
    WordWrap.lines(text, width: screen.width, first: first, rest: String(repeating: " ", count: column))
  }

  /// One line for each page that may be meant.
  func several(_ pages: [PageID], asked: String) -> [String] {
    let title = WordWrap.lines("'\(PlainText.shown(asked, limit: 60))' can mean:", width: screen.width)
    return title.map { screen.paint($0, .bold) } + entries(pages)
  }

  func nothing(_ asked: String, nearest: [String]) -> [String] {
    let hint = nearest.isEmpty ? "" : " Did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"
    let text = "The guide has nothing about '\(PlainText.shown(asked, limit: 60))'.\(hint)"
    return WordWrap.lines(text, width: screen.width) + ["sluice explain tells what there is."]
  }

  private func entries(_ pages: [PageID]) -> [String] {
    let names = pages.map(GuideNames.asked)
    let column = names.reduce(0) { max($0, $1.count + 4) }
    return zip(pages, names).flatMap { id, name in
      WordWrap.lines(
        Markup.plain(Guide.summary(id).sentence), width: screen.width,
        first: PlainText.padded("  \(name)", width: column),
        rest: String(repeating: " ", count: column))
    }
  }
}
