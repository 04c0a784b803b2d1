import SluiceCore
import Testing

@Suite("RouteTable against a plain reading of its rules")
struct RouteTablePropertyTests {
  private static let hosts = ["a", "b.a", "c.b.a", "x.c.b.a", "d.a", "a.b", ""]
  private static let paths = ["/", "/p", "/p/q", "/p/q/r", "/pq", "/p/qr", "*"]
  private static let patterns: [HostPattern] = [
    .any, .exact("a"), .exact("b.a"), .exact("c.b.a"), .wildcard(".a"), .wildcard(".b.a"), .wildcard(".b"),
  ]

  /// The rules as they are told, one route after the other.
  private func expected(_ routes: [Route], _ request: RoutedRequest) -> Int? {
    let fitting = routes.indices.filter { index in
      let route = routes[index]
      let hostFits =
        switch route.host {
        case .any: true
        case .exact(let name): request.host == name
        case .wildcard(let suffix): request.host.hasSuffix(suffix) && request.host.count > suffix.count
        }
      let prefix = route.pathPrefix
      let pathFits = prefix == "/" || request.path == prefix || request.path.hasPrefix(prefix + "/")
      return hostFits && pathFits && (route.methods.isEmpty || route.methods.contains(request.method))
    }
    func rank(_ index: Int) -> (Int, Int, Int, Int) {
      let route = routes[index]
      let host =
        switch route.host {
        case .any: 0
        case .wildcard(let suffix): suffix.count
        case .exact: 1_000
        }
      return (host, route.pathPrefix == "/" ? 0 : route.pathPrefix.count, route.methods.count, -index)
    }
    return fitting.max { rank($0) < rank($1) }
  }

  @Test("Agrees for every request of small tables", arguments: 0..<60)
  func agrees(_ seed: Int) {
    var random = SplitMix64(seed: UInt64(seed))
    func one<Element>(of list: [Element]) -> Element { list[Int(random.next() % UInt64(list.count))] }
    let routes = (0..<Int(random.next() % 12) + 1).map { _ in
      Route.test(
        one(of: Self.patterns), one(of: ["/", "/p", "/p/q", "/p/q/r", "/pq"]),
        methods: one(of: [[], [], ["GET"], ["PUT"]]))
    }
    let table = RouteTable(routes: routes)
    for host in Self.hosts {
      for path in Self.paths {
        for method in ["GET", "PUT", "POST"] {
          let request = RoutedRequest(host: host, path: path, method: method)
          #expect(request.match(table).index == expected(routes, request), "\(host) \(path) \(method)")
        }
      }
    }
  }

  @Test("A thousand routes are told apart")
  func manyRoutes() {
    let routes = (0..<1_000).map { Route.test(.exact("h\($0 % 100).example"), "/p\($0)/q") }
    let table = RouteTable(routes: routes)
    for index in routes.indices {
      let request = RoutedRequest(host: "H\(index % 100).example:80", path: "/p\(index)/q/r")
      #expect(request.match(table).index == index)
    }
    #expect(RoutedRequest(host: "h1.example", path: "/p2/q").match(table) == .none(.path))
  }

  @Test("A host of many labels costs no more than the longest pattern")
  func longHost() {
    let table = RouteTable(routes: [Route.test(.wildcard(".example.com")), Route.test(.exact("x"))])
    let host = String(repeating: "a.", count: 30_000) + "example.com"
    #expect(RoutedRequest(host: host).match(table).index == 0)
    #expect(RoutedRequest(host: host + "x").match(table) == .none(.host))
  }
}
