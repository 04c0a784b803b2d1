import Testing

@testable import SluiceLogs

@Suite("Which endpoints belong together")
struct PlaceBookTests {
  @Test("what one line names together is one place")
  func together() {
    var book = PlaceBook()
    book.learn(.nginx, upstream: nil, endpoints: ["10.0.0.1:80", "10.0.0.2:80"])
    book.learn(.nginx, upstream: "api", endpoints: ["10.0.0.2:80"])
    let place = book.place(.nginx, upstream: nil, endpoint: "10.0.0.1:80")
    #expect(place != nil && place == book.place(.nginx, upstream: "api", endpoint: nil))
    #expect(place.flatMap(book.upstream) == "api")
    #expect(book.place(.haproxy, upstream: "api", endpoint: nil) == nil)
  }

  @Test("two upstreams that share an endpoint stay two")
  func shared() {
    var book = PlaceBook()
    book.learn(.nginx, upstream: "a", endpoints: ["10.0.0.1:80"])
    book.learn(.nginx, upstream: "b", endpoints: ["10.0.0.1:80"])
    #expect(book.place(.nginx, upstream: "a", endpoint: nil) != book.place(.nginx, upstream: "b", endpoint: nil))
  }

  @Test("a name that only means something within its upstream is not taken for another's")
  func names() {
    var book = PlaceBook()
    book.learn(.haproxy, upstream: "a", endpoints: ["s1"])
    book.learn(.haproxy, upstream: "b", endpoints: ["s1"])
    #expect(
      book.place(.haproxy, upstream: "a", endpoint: "s1") != book.place(.haproxy, upstream: "b", endpoint: "s1"))
  }

  @Test("thousands of names stay within the bound")
  func bound() {
    var book = PlaceBook()
    for index in 0..<(PlaceBook.namesMax + 100) { book.learn(.nginx, upstream: "u\(index)", endpoints: []) }
    #expect(book.place(.nginx, upstream: "u1", endpoint: nil) != nil)
    #expect(book.place(.nginx, upstream: "u\(PlaceBook.namesMax + 50)", endpoint: nil) == nil)
  }
}
