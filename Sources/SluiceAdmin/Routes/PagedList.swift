internal import SluiceIncidents

/// A list that is told page by page: what may be asked of it, and where the next page begins.
struct PagedList: Sendable {
  let parameters: [AdminParameter]
  private let limitDefault: Int64

  /// - Parameters:
  ///   - things: what is listed, as in `Incidents`.
  ///   - limitMax: of them on one page.
  ///   - own: parameters that this list has beside those that choose incidents.
  ///   - after: the form of what a next page begins behind.
  init(
    _ things: String, limitMax: Int64, limitDefault: Int64, own: AdminParameter, after: AdminParameter.Kind
  ) {
    self.limitDefault = limitDefault
    parameters =
      FilterParameters.all + [
        own,
        AdminParameter(
          "limit", .integer(1...limitMax), "\(things) of one page; \(limitDefault) where it is not given."),
        AdminParameter("after", after, "From the `next` of a page: those behind it."),
      ]
  }

  func limit(_ request: AdminRequest) -> Int { Int(request.values.integer("limit") ?? limitDefault) }

  /// The path and query of the next page; what the request asked is kept.
  ///
  /// - Parameter cursor: what it begins behind; nil: there is none.
  func next(_ request: AdminRequest, after cursor: String?) -> String? {
    cursor.map { link(request.path, request.values, after: $0) }
  }

  /// The path and query of a page.
  ///
  /// - Parameter cursor: what it begins behind; nil: it is the first.
  func link(_ path: String, _ values: AdminValues, after cursor: String?) -> String {
    let kept = parameters.map(\.name).filter { $0 != "after" }.flatMap { name in values.all(name).map { (name, $0) } }
    let pairs = (kept + (cursor.map { [("after", $0)] } ?? [])).map { "\($0.0)=\(PercentCode.encoded($0.1))" }
    return pairs.isEmpty ? path : "\(path)?\(pairs.joined(separator: "&"))"
  }

  /// The route of the list.
  ///
  /// - Parameter page: its answer; nil where `since` is not before `until`.
  func route(
    _ path: String, _ operation: AdminOperation, _ store: StoreAccess,
    _ page: @escaping @Sendable (AdminRequest, IncidentReader, _ now: Int64) throws -> AdminAnswer?
  ) -> AdminRoute {
    AdminRoute("GET", path, parameters: parameters, operation: operation) { request in
      await store.answer { reader, now in try page(request, reader, now) ?? FilterParameters.turned }
    }
  }
}
