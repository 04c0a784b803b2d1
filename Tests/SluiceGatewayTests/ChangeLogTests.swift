import SluiceIncidents
import Testing

@testable import SluiceGateway

@Suite("Changes that the gateway remembers")
struct ChangeLogTests {
  private func change(_ kind: Change.Kind, _ text: String, at time: Int64, upstream: String? = "api") -> Change {
    Change(kind: kind, time: time, text: text, upstream: upstream)
  }

  @Test("the same change within a minute is one")
  func repeated() {
    let log = ChangeLog()
    #expect(log.add(change(.deploy, "v42", at: 1_000)))
    #expect(!log.add(change(.deploy, "v42", at: 60_000)))
    #expect(log.add(change(.deploy, "v42", at: 60_000, upstream: "web")))
    #expect(log.add(change(.version, "v42", at: 60_000)))
    #expect(log.add(change(.deploy, "v42", at: 62_000)))
    #expect(log.suspects(at: 62_000).count == 4)
  }

  @Test("an application that starts again and again does not push out the deploy before it")
  func loop() {
    let log = ChangeLog()
    log.add(change(.deploy, "v42", at: 0))
    let taken = (1...100).filter { log.add(change(.process, "process \($0)", at: Int64($0) * 1_000)) }
    #expect(taken == Array(1...ChangeLog.noticedMax))
    #expect(log.suspects(at: 100_000).last?.text == "v42")
    #expect(log.add(change(.process, "process of later", at: 1_000_000)))
  }

  @Test("what somebody did is never too much, and the latest are kept")
  func bound() {
    let log = ChangeLog()
    for number in 0..<100 { #expect(log.add(change(.deploy, "v\(number)", at: 1_000))) }
    let suspects = log.suspects(at: 2_000)
    #expect(suspects.count == ChangeLog.countMax)
    #expect(suspects.first?.text == "v99")
    #expect(log.suspects(at: 1_000 + ChangeLog.suspectTime + 1).isEmpty)
  }
}
