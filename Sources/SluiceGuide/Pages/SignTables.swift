internal import SluiceCore

/// What other proxies show, as tables.
enum SignTables {
  /// For one cause: what each product shows.
  static func ofCause(_ cause: Cause) -> GuideTable? {
    let signs = SignTable.signs(of: cause)
    guard !signs.isEmpty else { return nil }
    return GuideTable(
      columns: ["Product", "Status", "What it shows", "Note"],
      rows: signs.map { sign in
        let others = sign.causes.filter { $0 != cause }.map { "`\($0.identifier)`" }
        let shared = others.isEmpty ? "" : "The same for \(others.joined(separator: ", "))."
        return [
          "`product:\(sign.product.rawValue)`", status(sign), sign.text,
          [sign.note ?? "", shared].filter { !$0.isEmpty }.joined(separator: " "),
        ]
      })
  }

  /// For one product: what it shows for each cause.
  static func ofProduct(_ product: Product) -> GuideTable {
    GuideTable(
      columns: ["What it shows", "Status", "Cause", "Note"],
      rows: SignTable.signs(of: product).map { sign in
        [sign.text, status(sign), sign.causes.map { "`\($0.identifier)`" }.joined(separator: ", "), sign.note ?? ""]
      })
  }

  /// For one status: who answers it for what.
  static func ofStatus(_ code: Int) -> GuideTable? {
    let signs = SignTable.all.filter { $0.status == code && $0.product.isCommon }
    guard !signs.isEmpty else { return nil }
    return GuideTable(
      columns: ["Product", "What it shows", "Cause"],
      rows: signs.map { sign in
        [
          "`product:\(sign.product.rawValue)`", sign.text,
          sign.causes.map { "`\($0.identifier)`" }.joined(separator: ", "),
        ]
      })
  }

  /// The answers of all products, one row for each failure.
  static func matrix(where isWanted: (FailureMatrix.Row) -> Bool = { _ in true }) -> GuideTable? {
    let rows = FailureMatrix.rows.filter(isWanted)
    guard !rows.isEmpty else { return nil }
    return GuideTable(
      columns: ["Failure"] + FailureMatrix.products.map(\.title),
      rows: rows.map { row in
        let cause = row.causes.first.map { " (`\($0.identifier)`)" } ?? ""
        return [row.failure + cause] + row.answers
      })
  }

  private static func status(_ sign: ProductSign) -> String {
    sign.status.map { "`\(StatusTable.text($0))`" } ?? "–"
  }
}
