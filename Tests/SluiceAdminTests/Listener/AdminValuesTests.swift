import Testing

@testable import SluiceAdmin

@Suite("What a query says")
struct AdminValuesTests {
  private let parameters = [
    AdminParameter("limit", .integer(1...100), "How many."),
    AdminParameter("cause", .word(["connect_refused", "dns_timeout"]), isRepeatable: true, "Why."),
    AdminParameter("upstream", .text(max: 8), "Where."), AdminParameter("since", .moment, "When."),
  ]

  private func read(_ query: String) -> Result<AdminValues, AdminValues.Mistake> {
    var values = AdminValues()
    do {
      try values.add(query: query, parameters)
      return .success(values)
    } catch {
      return .failure(error)
    }
  }

  @Test("values of each kind")
  func values() throws {
    let values = try read("limit=7&cause=dns_timeout&cause=connect_refused&upstream=a+%C3%A4&since=5m").get()
    #expect(values.integer("limit") == 7)
    #expect(values.all("cause") == ["dns_timeout", "connect_refused"])
    #expect(values["upstream"] == "a ä")
    #expect(values.moment("since", at: 1_000_000) == 700_000)
    #expect(try read("since=2026-11-24T10:00:00Z").get().moment("since", at: 0) == 1_795_514_400_000)
    #expect(try read("").get() == AdminValues())
  }

  @Test(
    "what is wrong is named, with what was probably meant",
    arguments: [
      ("limt=7", 400, "There is no query parameter 'limt' here; did you mean 'limit'?"),
      ("zzzz=7", 400, "there are limit, cause, upstream, since."),
      ("limit=0", 400, "'limit' takes an integer from 1 to 100."), ("limit=101", 400, "from 1 to 100"),
      ("limit=+7", 400, "from 1 to 100"), ("limit=07", 400, "from 1 to 100"), ("limit", 400, "from 1 to 100"),
      ("limit=7&limit=7", 400, "'limit' is given twice."),
      ("cause=conect_refused", 400, "'conect_refused' is none that there is; did you mean 'connect_refused'?"),
      ("upstream=", 400, "'upstream' takes 1 to 8 characters."), ("upstream=123456789", 400, "1 to 8"),
      ("since=yesterday", 400, "'since' takes an age"), ("since=2026-02-30", 422, "there is no such moment"),
      ("upstream=%ff", 400, "not percent-encoded as UTF-8"), ("upstream=%", 400, "not percent-encoded as UTF-8"),
      ("%1b%5b2J=1", 400, "There is no query parameter '[2J' here"),
    ])
  func mistakes(_ query: String, _ status: Int, _ said: String) {
    guard case .failure(let mistake) = read(query) else {
      Issue.record("it was taken")
      return
    }
    #expect(mistake.status == status)
    #expect(mistake.detail.contains(said), "\(mistake.detail)")
  }

  @Test("a query has a bound")
  func bound() {
    func taken(_ pairs: [String]) -> Bool { (try? read(pairs.joined(separator: "&")).get()) != nil }
    let repeated = Array(repeating: "cause=dns_timeout", count: Int(AdminParameter.repeatsMax))
    #expect(taken(repeated + ["limit=7"]))
    #expect(!taken(repeated + ["cause=dns_timeout"]))
    // Of a parameter that is none the number is told first.
    let many = Array(repeating: "zzz=1", count: AdminValues.parametersMax + 1)
    guard case .failure(let mistake) = read(many.joined(separator: "&")) else { return #expect(Bool(false)) }
    #expect(mistake.detail.contains("\(AdminValues.parametersMax) parameters at most"))
  }
}
