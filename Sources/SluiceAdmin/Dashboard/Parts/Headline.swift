internal import SluiceDiagnosis
internal import SluiceIncidents

/// The answer to "what is wrong now", in a line, with the few numbers that say how the rest does.
struct Headline {
  let overview: Overview

  init(_ overview: Overview) { self.overview = overview }

  /// Problems that go on, as the store counts them; nil: nobody knows.
  private var ongoing: Int? { overview.status.store.ongoing }

  /// Whether no client has noticed any of them.
  private var isAbsorbed: Bool {
    guard case .success(let stored) = overview.stored, !stored.ongoing.isEmpty else { return false }
    return stored.ongoing.allSatisfy { !$0.isNoticed }
  }

  /// Milliseconds without a failure after which problems are told as quiet: they may be over, and count as that after
  /// some minutes.
  private static let quietSpan: Int64 = 60_000

  private var isQuiet: Bool {
    guard case .success(let stored) = overview.stored, !stored.ongoing.isEmpty else { return false }
    return stored.ongoing.allSatisfy { overview.time - $0.lastSeen >= Self.quietSpan }
  }

  private var urgent: Int {
    Attention.all(overview.status, overview.upstreams).count { $0.tone == .bad }
  }

  var tone: Badge.Tone {
    guard let ongoing else { return urgent > 0 ? .bad : .quiet }
    if ongoing > 0 { return (isAbsorbed || isQuiet) && urgent == 0 ? .warning : .bad }
    return urgent > 0 ? .bad : .good
  }

  var title: String {
    guard let ongoing else { return urgent > 0 ? "Something is wrong" : "Problems are not known" }
    if ongoing > 0 {
      let state = isQuiet ? (ongoing == 1 ? " is quiet" : " are quiet") : ongoing == 1 ? " goes on" : " go on"
      return DashboardText.count(ongoing, "problem") + state
    }
    return urgent > 0 ? "Something is wrong" : "All is well"
  }

  func write(to page: inout HTMLWriter) {
    page.within("h1") { page in
      page.raw("<span class=\"shape\" aria-hidden=\"true\">\(tone.shape)</span> ")
      page.text(title)
    }
    page.within("p", "class=\"lead\"") { page in
      if let ongoing, ongoing == 0 {
        page.text("No problem goes on. ")
        if let newest = overview.status.store.newest {
          page.text("The last incident was ")
          page.age(newest, at: overview.time)
          page.text(".")
        } else {
          page.text("Nothing has gone wrong since incidents are kept.")
        }
      } else if ongoing == nil {
        page.text("Incidents are not kept or cannot be read, so problems are not known; the rest of this page is.")
      } else if isQuiet {
        page.text("Nothing has failed for a minute. A problem is over after five quiet ones.")
      } else if isAbsorbed {
        page.text("No client has noticed: every failed attempt was made good by another.")
      } else {
        page.text("The gravest first, each with who, why, and what to do next.")
      }
    }
    page.facts(numbers, "numbers")
  }

  private var numbers: [Fact] {
    let windows = overview.upstreams.map(\.lastMinute)
    let requests = windows.reduce(0) { $0 + $1.requests }
    let failed = windows.reduce(0) { $0 + $1.gatewayFailures + $1.applicationFailures }
    let endpoints = overview.upstreams.flatMap(\.endpoints)
    let slowest = windows.compactMap(\.latency.p99).max()
    return [
      Fact("Requests per second", DashboardText.rate(windows.reduce(0) { $0 + $1.perSecond })),
      Fact("Failed, last minute", failed == 0 ? "none" : DashboardText.percent(failed, of: requests)),
      Fact("p99, slowest upstream", DashboardText.latency(slowest)),
      Fact("In progress", DashboardText.count(overview.status.counts.exchanges)),
      Fact(
        "Endpoints available",
        "\(DashboardText.count(endpoints.count { $0.state.isAvailable })) of \(DashboardText.count(endpoints.count))"),
    ]
  }
}
