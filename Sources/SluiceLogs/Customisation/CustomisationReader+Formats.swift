internal import Yams

/// `formats: [{name, product?, nginx | httpd | haproxy | envoy | template | json, time?, unit?}]`
extension CustomisationReader {
  private static let keys = [
    "name", "product", "nginx", "httpd", "haproxy", "envoy", "template", "json", "time", "unit",
  ]

  private static let times: [(String, TimeForm)] = [
    ("common", .commonLog), ("iso", .iso), ("slashes", .slashes), ("ctime", .ctime), ("syslog", .syslog),
    ("seconds", .epochSeconds), ("milliseconds", .epochMilliseconds), ("microseconds", .epochMicroseconds),
    ("any", .any),
  ]

  private static let units: [(String, Double)] = [
    ("seconds", 1), ("milliseconds", 1000), ("microseconds", 1_000_000), ("nanoseconds", 1_000_000_000),
  ]

  mutating func readFormat(_ node: Node) {
    guard let entries = mapping(node, "a format") else { return }
    var name: String?
    var product: LogProduct?
    var format: CustomFormat?
    var (time, unit): (TimeForm?, Double?) = (nil, nil)
    var shapes: [String] = []
    for entry in entries {
      switch entry.key {
      case "name": name = formatName(entry.value)
      case "product": product = self.product(entry.value)
      case "time": time = word(entry.value, "time", among: Self.times)
      case "unit": unit = word(entry.value, "unit", among: Self.units)
      case "json":
        shapes.append(entry.key)
        format = json(entry.value)
      default:
        guard let kind = FormatString.Kind(rawValue: entry.key) else {
          addUnknown("key", entry.key, among: Self.keys, at: entry.node)
          continue
        }
        shapes.append(entry.key)
        format = string(kind, entry.value)
      }
    }
    if !entries.contains(where: { $0.key == "name" }) { add("the format has no 'name'", at: node) }
    if shapes.isEmpty {
      add("a format needs one of 'nginx', 'httpd', 'haproxy', 'envoy', 'template' and 'json'", at: node)
    } else if shapes.count > 1 {
      let given = shapes.map { "'\($0)'" }.joined(separator: " and ")
      add("a format has one description of its lines, and \(given) are given: leave one", at: node)
    }
    guard var format, let name, shapes.count == 1 else { return }
    format.name = name
    if let product {
      if format.isProxys, product != format.product {
        add("the product of a '\(format.product.rawValue)' format cannot be another", at: node)
      }
      format.product = product
    }
    if let time { format.time = time }
    if let unit { format.unitsPerSecond = unit }
    append(format)
  }

  private mutating func formatName(_ node: Node) -> String? {
    guard let name = text(node, "name") else { return nil }
    let isName = name.utf8.count <= 64 && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    if !isName { add("a name has 1 to 64 printable ASCII characters and no space", at: node) }
    if LogFormat.all.contains(where: { $0.id == name }) || formats.contains(where: { $0.name == name }) {
      add("there is another format with the name '\(name.prefix(64))'", at: node)
    }
    return isName ? name : nil
  }

  private mutating func string(_ kind: FormatString.Kind, _ node: Node) -> CustomFormat? {
    guard let text = text(node, kind.rawValue) else { return nil }
    do {
      let string = try FormatString(kind, text)
      var format = CustomFormat(name: "", shape: .templates(string.templates), time: string.time)
      if kind != .template {
        format.product = LogProduct(rawValue: kind.rawValue) ?? .other
        format.isProxys = true
      }
      return format
    } catch {
      add(error.sentence, at: node, suggestion: error.suggestion)
      return nil
    }
  }

  /// Keys of the lines, a dot between those of objects within each other, and the fields that they are.
  private mutating func json(_ node: Node) -> CustomFormat? {
    guard let entries = mapping(node, "json") else { return nil }
    var keys: [String: LogField] = [:]
    for entry in entries {
      guard let name = text(entry.value, "the field of '\(entry.key.prefix(64))'") else { continue }
      keys[entry.key] = field(name, at: entry.value)
    }
    if entries.isEmpty { add("json needs at least one key", at: node) }
    return CustomFormat(name: "", shape: .json(keys))
  }
}
