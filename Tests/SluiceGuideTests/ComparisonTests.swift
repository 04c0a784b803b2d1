import SluiceGuide
import Testing

@Suite("Comparisons")
struct ComparisonTests {
  @Test("the written ones have a cell for each code in each row")
  func rows() {
    #expect(Comparison.all.map(\.codes) == [[500, 502], [502, 503], [502, 504], [503, 504], [500, 502, 503, 504]])
    for comparison in Comparison.all {
      #expect(comparison.rows.count >= 5 && !comparison.steps.isEmpty && !comparison.confusions.isEmpty)
      #expect(comparison.rows.allSatisfy { $0.cells.count == comparison.codes.count })
    }
  }

  @Test("any other codes are compared by their quick references")
  func any() throws {
    let page = Guide.page(.comparison([429, 503]))
    #expect(page.title == "429 and 503" && page.lead.contains("Too Many Requests"))
    guard case .table(let table)? = page.sections.first?.blocks.first else { throw ComparisonFailure() }
    #expect(table.columns == ["", "`429`", "`503`"])
    #expect(table.rows.allSatisfy { $0.count == 3 } && table.rows[1][0] == "Meaning")
  }

  @Test("the order in which codes are asked for does not matter")
  func order() { #expect(Comparison.of([504, 502, 504]).codes == [502, 504]) }

  @Test("the answers of other products have one for each product")
  func matrix() {
    for row in FailureMatrix.rows { #expect(row.answers.count == FailureMatrix.products.count, "\(row.failure)") }
  }

  struct ComparisonFailure: Error {}
}
