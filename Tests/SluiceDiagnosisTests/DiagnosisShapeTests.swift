import Foundation
import SluiceDiagnosis
import Testing

@Suite("The shape of a diagnosis")
struct DiagnosisShapeTests {
  @Test("the JSON has the keys of the contract")
  func keys() throws {
    let verdict = Verdict(
      who: "application", cause: "connect_refused", sure: .likely, sentence: "It is down.", next: "Start it.")
    let candidate = Candidate(cause: "connect_refused", who: "application", sure: .likely, evidence: ["ECONNREFUSED"])
    let diagnosis = Diagnosis(verdict: verdict, candidates: [candidate], checks: [])
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(diagnosis), as: UTF8.self)
    #expect(text.contains(#""verdict":{"cause":"connect_refused","next":"Start it.","sentence":"It is down.""#))
    #expect(text.contains(#""candidates":[{"cause":"connect_refused","evidence":["ECONNREFUSED"],"sure":"likely""#))
  }
}
