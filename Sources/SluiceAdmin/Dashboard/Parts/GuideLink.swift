internal import SluiceCore
internal import SluiceDiagnosis
internal import SluiceGuide

/// Paths of the guide's pages on this address; nil where there is none.
struct GuideLink: Sendable {
  var entrance: String { GuideRoutes.path + "/" }

  /// - Parameter identifier: of a cause, or of a root cause.
  func cause(_ identifier: String) -> String? {
    let cause = Cause(identifier: identifier).map { PageID.cause($0) }
    return (cause ?? RootCause(rawValue: identifier).map { PageID.rootCause($0) }).map(path)
  }

  func status(_ code: Int) -> String? { StatusTable[code].map { path(.status($0.code)) } }

  private func path(_ page: PageID) -> String { entrance + page.path }
}
