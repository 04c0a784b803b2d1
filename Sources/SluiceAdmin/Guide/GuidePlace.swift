internal import SluiceGuide

/// What a path below `/guide/` leads to.
enum GuidePlace: Equatable {
  enum Form: Equatable { case html, json }

  case page(PageID, Form)
  /// What the pages share.
  case asset(SiteFile)

  /// nil: there is nothing.
  init?(_ path: String) {
    if let file = GuideSite.shared[path] {
      self = .asset(file)
      return
    }
    var name = path.isEmpty || path.hasSuffix("/") ? path + "index" : path
    var form = Form.html
    if name.hasSuffix(".html") {
      name.removeLast(5)
    } else if name.hasSuffix(".json") {
      name.removeLast(5)
      form = .json
    }
    guard let id = PageID(path: name) else { return nil }
    self = .page(id, form)
  }
}
