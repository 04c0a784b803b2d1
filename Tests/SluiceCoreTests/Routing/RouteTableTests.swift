import SluiceCore
import SluiceWire
import Testing

@Suite("RouteTable")
struct RouteTableTests {
  private func index(_ routes: [Route], _ request: RoutedRequest) -> Int? {
    request.match(RouteTable(routes: routes)).index
  }

  @Test("One route for everything takes everything", arguments: ["", "a", "[::1]:80", "A.EXAMPLE.com:99"])
  func catchAll(_ host: String) {
    let table = RouteTable(routes: [Route.test()])
    let expected = RouteDecision.matched(0, RouteReason(host: .any, prefixLength: 1, conditions: 0))
    for path in ["/", "", "*", "/a/b"] {
      #expect(RoutedRequest(host: host, path: path, method: "X").match(table) == expected)
    }
  }

  @Test("No routes, no match")
  func noRoutes() {
    #expect(RoutedRequest().match(RouteTable(routes: [])) == .none(.empty))
  }

  @Test(
    "A host is compared without case, port and last dot",
    arguments: [
      ("api.example.com", 0), ("API.Example.COM", 0), ("api.example.com:8080", 0), ("api.example.com.", 0),
      ("api.example.com.:80", 0), ("xapi.example.com", nil), ("example.com", nil), ("api.example.com.evil", nil),
      ("api.example.comx", nil), ("", nil), ("api.example.com..", nil),
    ] as [(String, Int?)])
  func exactHost(_ host: String, _ expected: Int?) {
    #expect(index([Route.test(.exact("api.example.com"))], RoutedRequest(host: host)) == expected)
  }

  @Test("An IPv6 host keeps its brackets", arguments: ["[::1]", "[::1]:8080"])
  func v6Host(_ host: String) {
    #expect(index([Route.test(.exact("[::1]"))], RoutedRequest(host: host)) == 0)
    #expect(index([Route.test(.exact("[::2]"))], RoutedRequest(host: host)) == nil)
  }

  @Test(
    "A wildcard matches one label or more in front",
    arguments: [
      ("a.example.com", 0), ("a.b.example.com", 0), ("A.EXAMPLE.COM:1", 0), ("example.com", nil),
      (".example.com", nil), ("aexample.com", nil), ("a.example.org", nil),
    ] as [(String, Int?)])
  func wildcardHost(_ host: String, _ expected: Int?) {
    #expect(index([Route.test(.wildcard(".example.com"))], RoutedRequest(host: host)) == expected)
  }

  @Test("The most specific host wins, whatever the order in the file")
  func hostSpecificity() {
    let routes = [
      Route.test(.any), Route.test(.wildcard(".example.com")), Route.test(.wildcard(".b.example.com")),
      Route.test(.exact("a.b.example.com")),
    ]
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]] {
      let table = RouteTable(routes: order.map { routes[$0] })
      func winner(_ host: String) -> Int? { RoutedRequest(host: host).match(table).index.map { order[$0] } }
      #expect(winner("a.b.example.com") == 3)
      #expect(winner("x.b.example.com") == 2)
      #expect(winner("b.example.com") == 1)
      #expect(winner("other") == 0)
      #expect(winner("") == 0)
    }
  }

  @Test(
    "The longest prefix of whole segments wins",
    arguments: [
      ("/v1", 1), ("/v1/", 1), ("/v1/x", 1), ("/v1beta", 0), ("/v1/users", 2), ("/v1/users/7", 2), ("/v1/usersx", 1),
      ("/", 0), ("/V1", 0), ("*", 0), ("", 0), ("/v", 0),
    ])
  func pathSpecificity(_ path: String, _ expected: Int) {
    let routes = [Route.test(.any, "/"), Route.test(.any, "/v1"), Route.test(.any, "/v1/users")]
    for order in [[0, 1, 2], [2, 1, 0]] {
      let found = index(order.map { routes[$0] }, RoutedRequest(path: path))
      #expect(found.map { order[$0] } == expected)
    }
  }

  @Test("A slash at a prefix's end changes nothing")
  func trailingSlash() {
    #expect(index([Route.test(.any, "/v1/")], RoutedRequest(path: "/v1")) == 0)
    #expect(index([Route.test(.any, "/v1/")], RoutedRequest(path: "/v1x")) == nil)
  }

  @Test("The host decides before the path, and conditions before the order in the file")
  func order() {
    let host = [Route.test(.any, "/a/b/c"), Route.test(.exact("h"), "/a")]
    #expect(index(host, RoutedRequest(host: "h", path: "/a/b/c")) == 1)
    let conditions = [
      Route.test(), Route.test(methods: ["GET"]),
      Route.test(methods: ["GET"], query: [QueryMatch(name: "q", value: nil)]),
    ]
    #expect(index(conditions, RoutedRequest(query: "q")) == 2)
    #expect(index(conditions, RoutedRequest()) == 1)
    #expect(index(conditions, RoutedRequest(method: "PUT")) == 0)
    #expect(index([Route.test(), Route.test()], RoutedRequest()) == 0)
  }

  @Test("A request that misses a condition goes on to the next less specific route")
  func fallThrough() {
    let routes = [
      Route.test(.exact("a.example.com"), "/v1", methods: ["GET"]),
      Route.test(.wildcard(".example.com"), "/v1", methods: ["PUT"]),
      Route.test(.any, "/", methods: ["POST"]),
    ]
    func winner(_ method: String) -> Int? {
      index(routes, RoutedRequest(host: "a.example.com", path: "/v1/x", method: method))
    }
    #expect(winner("GET") == 0)
    #expect(winner("PUT") == 1)
    #expect(winner("POST") == 2)
    #expect(winner("get") == nil)
  }

  @Test("The reason tells what matched")
  func reasons() {
    let routes = [
      Route.test(.exact("h"), "/v1", methods: ["GET"]), Route.test(.wildcard(".h"), "/v1/"), Route.test(.any, "/"),
    ]
    let table = RouteTable(routes: routes)
    #expect(
      RoutedRequest(host: "h", path: "/v1/x").match(table)
        == .matched(0, RouteReason(host: .exact, prefixLength: 3, conditions: 1)))
    #expect(
      RoutedRequest(host: "a.h", path: "/v1").match(table)
        == .matched(1, RouteReason(host: .wildcard, prefixLength: 3, conditions: 0)))
    #expect(
      RoutedRequest(host: "h", path: "/").match(table)
        == .matched(2, RouteReason(host: .any, prefixLength: 1, conditions: 0)))
  }

  @Test("Fields are found without regard to case, and one of several lines is enough")
  func fields() {
    let routes = [
      Route.test(headers: [FieldMatch(name: "x-team", value: "blue"), FieldMatch(name: "x-any", value: nil)])
    ]
    #expect(index(routes, RoutedRequest(fields: [("X-Team", "red"), ("X-TEAM", "blue"), ("X-Any", "")])) == 0)
    #expect(index(routes, RoutedRequest(fields: [("X-Team", "Blue"), ("X-Any", "")])) == nil)
    #expect(index(routes, RoutedRequest(fields: [("X-Team", "blue")])) == nil)
    #expect(index(routes, RoutedRequest(fields: [("X-Tea", "blue"), ("X-Any", "1")])) == nil)
  }

  @Test(
    "Query parameters are compared as a form is read",
    arguments: [
      ("v=a b", true), ("v=a+b", true), ("v=a%20b", true), ("%76=a%20b", true), ("x=1&v=a+b", true),
      ("v=c&v=a+b", true), ("v=a+bc", false), ("v=a", false), ("v", false), ("w=a+b", false), ("", false),
      ("v=a%2", false), ("vv=a+b", false), ("&&v=a+b&", true),
    ])
  func query(_ query: String, _ expected: Bool) {
    let routes = [Route.test(query: [QueryMatch(name: "v", value: "a b")])]
    #expect((index(routes, RoutedRequest(query: query)) == 0) == expected)
  }

  @Test("A parameter without a wanted value may have any", arguments: ["v", "v=", "v=1", "a&v"])
  func anyValue(_ query: String) {
    #expect(index([Route.test(query: [QueryMatch(name: "v", value: nil)])], RoutedRequest(query: query)) == 0)
  }

  @Test("The nearest miss is told")
  func misses() {
    let routes = [
      Route.test(.exact("h"), "/v1", methods: ["GET"], headers: [FieldMatch(name: "x", value: nil)]),
      Route.test(.exact("h"), "/v1", methods: ["PUT"]),
      Route.test(.exact("h"), "/q", query: [QueryMatch(name: "q", value: nil)]),
      Route.test(.exact("h"), "/f", headers: [FieldMatch(name: "x", value: nil)]),
    ]
    let table = RouteTable(routes: routes)
    func miss(_ host: String, _ path: String) -> RouteDecision { RoutedRequest(host: host, path: path).match(table) }
    #expect(miss("other", "/v1") == .none(.host))
    #expect(miss("h", "/other") == .none(.path))
    #expect(miss("h", "/v1") == .none(.method(nearest: 1)))
    #expect(miss("h", "/q") == .none(.query(nearest: 2)))
    #expect(miss("h", "/f") == .none(.header(nearest: 3)))
    #expect(RouteMiss.method(nearest: 1).cause == .methodNotAllowed)
    #expect(RouteMiss.query(nearest: 1).cause == .routeNotFound)
  }

  @Test("Allow names the methods of every route that fits but for its method")
  func allowedMethods() {
    let routes = [
      Route.test(.exact("h"), "/v1", methods: ["GET", "HEAD"]), Route.test(.any, "/", methods: ["GET", "POST"]),
      Route.test(.any, "/", methods: ["DELETE"], headers: [FieldMatch(name: "x", value: nil)]),
      Route.test(.exact("other"), "/", methods: ["PATCH"]),
    ]
    let table = RouteTable(routes: routes)
    #expect(RoutedRequest(host: "h", path: "/v1", method: "PUT").allowed(table) == ["GET", "HEAD", "POST"])
    #expect(RoutedRequest(host: "h", path: "/v1", fields: [("X", "")]).allowed(table).contains("DELETE"))
  }

  @Test("A parsed head is matched by its own ranges")
  func parsedHead() {
    let source = Array("GET?q h.example".utf8)
    var head = RequestHead()
    head.methodText = ByteRange(0, 3)
    head.query = ByteRange(4, 5)
    head.host = ByteRange(6, 15)
    let path = Array("/v1".utf8)
    let table = RouteTable(routes: [
      Route.test(),
      Route.test(.exact("h.example"), "/v1", methods: ["GET"], query: [QueryMatch(name: "q", value: nil)]),
    ])
    #expect(table.match(head, path: path.span.bytes, source: source.span.bytes).index == 1)
  }
}
