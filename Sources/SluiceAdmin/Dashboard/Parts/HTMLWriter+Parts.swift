internal import SluiceDiagnosis

extension HTMLWriter {
  /// `<tag attributes>`, what `body` writes, `</tag>`.
  mutating func within(_ tag: String, _ attributes: String = "", _ body: (inout HTMLWriter) -> Void) {
    raw("<\(tag)\(attributes.isEmpty ? "" : " " + attributes)>")
    body(&self)
    raw("</\(tag)>\n")
  }

  /// - Parameters:
  ///   - target: a path on this address.
  ///   - attributes: markup of ours.
  mutating func link(_ target: String, _ label: String, _ attributes: String = "") {
    element("a", "href=\"\(Self.escaped(target))\"\(attributes.isEmpty ? "" : " " + attributes)", label)
  }

  /// A text as it may stand between markup, or between the quotes of an attribute.
  static func escaped(_ text: String) -> String {
    var writer = HTMLWriter()
    writer.text(text)
    return writer.text
  }

  /// What `body` writes, alone.
  static func markup(_ body: (inout HTMLWriter) -> Void) -> String {
    var writer = HTMLWriter()
    body(&writer)
    return writer.text
  }

  /// Names with their values.
  mutating func facts(_ facts: [Fact], _ kind: String = "facts") {
    within("dl", "class=\"\(kind)\"") { page in
      for fact in facts {
        page.within("div") { page in
          page.element("dt", "", fact.name)
          page.raw("<dd>\(fact.markup)</dd>")
        }
      }
    }
  }

  /// A moment that people read as an age, and machines as what it is.
  mutating func age(_ time: Int64, at now: Int64) {
    element(
      "time",
      "datetime=\"\(DashboardText.stamp(time))\" title=\"\(DashboardText.day(time)) \(DashboardText.clock(time)) UTC\"",
      DashboardText.ago(time, at: now))
  }

  /// A command to type, which scrolls where it is longer than the window.
  mutating func command(_ text: String) {
    within("pre", "tabindex=\"0\"") { $0.element("code", "", text) }
  }
}
