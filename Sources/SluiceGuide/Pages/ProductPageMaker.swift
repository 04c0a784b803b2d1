internal import SluiceCore

/// The page of a proxy of other makers.
struct ProductPageMaker {
  let product: Product

  init(_ product: Product) { self.product = product }

  var page: GuidePage {
    GuidePage(
      id: .product(product), title: product.title,
      lead: "What \(product.title) answers when a request fails, and what its logs say.",
      sections: [
        GuideSection("reading", "How to read it", [.paragraph(product.reading)] + logs),
        GuideSection("answers", "Which status for which failure", [.table(answers)]),
        GuideSection(
          "signs", "What it shows", [.paragraph("`…` stands for what varies."), .table(SignTables.ofProduct(product))]),
        GuideSection("codes", "Codes of its own", list: codes),
      ], related: Product.allCases.filter { $0 != product && $0.isCommon }.map { .product($0) })
  }

  private var logs: [GuideBlock] {
    switch product {
    case .nginx, .haproxy, .envoy, .apache, .caddy, .traefik, .alb:
      [.steps([GuideStep("The causes in its logs, by themselves:", "sluice logs FILE")])]
    case .cloudflare, .pingora, .ats, .varnish: []
    }
  }

  private var answers: GuideTable {
    let column = FailureMatrix.products.firstIndex(of: product) ?? 0
    return GuideTable(
      columns: ["Failure", "It answers", "This gateway answers", "Causes"],
      rows: FailureMatrix.rows.map { row in
        let own = Set(row.causes.map { Int($0.status) }).sorted().map { "`\(StatusTable.text($0))`" }
        return [
          row.failure, shown(row.answers[column]), own.joined(separator: ", "),
          row.causes.map { "`\($0.identifier)`" }.joined(separator: ", "),
        ]
      })
  }

  private func shown(_ answer: String) -> String {
    answer == "–" ? "–" : answer.split(separator: "/").map { "`\($0)`" }.joined(separator: " or ")
  }

  private var codes: [String] {
    StatusTable.products.filter { $0.specification.lowercased().contains(product.title.lowercased()) }
      .map { "`\(StatusTable.text($0.code))` \($0.phrase): \(Comparison.firstSentence($0.meaning))" }
  }
}
