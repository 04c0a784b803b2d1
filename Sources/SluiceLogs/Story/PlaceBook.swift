/// Which endpoints belong to which upstream, learned from lines that name both.
///
/// Most lines name one of them only: nginx an endpoint where a connection failed, and the upstream where no endpoint
/// is left. Names that one line or one request tells together are one place. Two upstreams that share an endpoint stay
/// two: what one of them suffers need not be the other's trouble.
struct PlaceBook: Equatable, Sendable {
  struct Name: Hashable, Sendable {
    var product: LogProduct
    var isUpstream: Bool
    var text: String
  }

  /// Names that are held; further ones stand for themselves.
  static let namesMax = 4096

  private var indices: [Name: Int] = [:]
  private var parents: [Int] = []
  /// The upstream's name and the number of names of each root.
  private var upstreams: [String?] = []
  private var sizes: [Int] = []

  mutating func learn(_ product: LogProduct, upstream: String?, endpoints: [String]) {
    var known: [Int] = []
    if let upstream, let index = index(Name(product: product, isUpstream: true, text: upstream)) {
      known.append(index)
    }
    for endpoint in endpoints {
      if let index = index(Self.endpoint(product, upstream, endpoint)) { known.append(index) }
    }
    guard let first = known.first else { return }
    for other in known.dropFirst() { join(first, other) }
  }

  /// A number that all names of one place share; nil where nothing is known of it.
  func place(_ product: LogProduct, upstream: String?, endpoint: String?) -> Int? {
    if let upstream, let index = indices[Name(product: product, isUpstream: true, text: upstream)] {
      return root(index)
    }
    return endpoint.flatMap { indices[Self.endpoint(product, upstream, $0)] }.map(root)
  }

  /// The upstream's name, where a line told it.
  func upstream(of place: Int) -> String? { upstreams.indices.contains(place) ? upstreams[place] : nil }

  /// HAProxy and others name endpoints within an upstream, `s1`: only an address means the same everywhere.
  private static func endpoint(_ product: LogProduct, _ upstream: String?, _ endpoint: String) -> Name {
    let isAddress = endpoint.contains(":") || endpoint.contains(".")
    let text = isAddress ? endpoint : (upstream ?? "") + "/" + endpoint
    return Name(product: product, isUpstream: false, text: text)
  }

  private mutating func index(_ name: Name) -> Int? {
    if let index = indices[name] { return index }
    guard parents.count < Self.namesMax else { return nil }
    let index = parents.count
    indices[name] = index
    parents.append(index)
    upstreams.append(name.isUpstream ? name.text : nil)
    sizes.append(1)
    return index
  }

  private func root(_ index: Int) -> Int {
    var index = index
    while parents[index] != index { index = parents[index] }
    return index
  }

  private mutating func join(_ one: Int, _ other: Int) {
    let (left, right) = (root(one), root(other))
    guard left != right else { return }
    guard upstreams[left] == nil || upstreams[right] == nil else { return }
    // The smaller under the larger, so that no chain of names grows long.
    let (kept, joined) = sizes[left] < sizes[right] ? (right, left) : (left, right)
    parents[joined] = kept
    sizes[kept] += sizes[joined]
    upstreams[kept] = upstreams[kept] ?? upstreams[joined]
  }
}
