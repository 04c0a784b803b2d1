/// The path and query of a list's next page.
enum PageLink {
  /// - Parameters:
  ///   - parameters: that the route takes; those of the request are kept.
  ///   - after: the new value of `after`.
  static func next(_ request: AdminRequest, _ parameters: [AdminParameter], after: String) -> String {
    var pairs = parameters.filter { $0.name != "after" }.flatMap { parameter in
      request.values.all(parameter.name).map { "\(parameter.name)=\(PercentCode.encoded($0))" }
    }
    pairs.append("after=\(PercentCode.encoded(after))")
    return "\(request.path)?\(pairs.joined(separator: "&"))"
  }
}
