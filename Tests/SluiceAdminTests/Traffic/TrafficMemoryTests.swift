import Testing

@testable import SluiceAdmin

@Suite("What was counted within a window")
struct TrafficMemoryTests {
  private func sample(_ seconds: Int64, _ ok: UInt64, _ failed: UInt64 = 0) -> TrafficSample {
    TrafficSample(
      time: seconds * 1_000, statuses: ["200": ok, "502": failed],
      causes: failed > 0 ? ["connect_refused": failed] : [:])
  }

  @Test("from the last sample that is old enough")
  func window() {
    var memory = TrafficMemory()
    for second in stride(from: Int64(0), through: 120, by: 2) { memory.add(sample(second, UInt64(second * 10))) }
    #expect(memory.samples.count == 13)
    let change = memory.change(to: sample(121, 1_210, 3), span: 60_000)
    #expect(
      change == .init(spanMs: 61_000, statuses: ["200": 610, "502": 3], causes: ["connect_refused": 3]))
  }

  @Test("a gateway that has just begun has counted for less, and says so")
  func young() {
    var memory = TrafficMemory()
    memory.add(sample(0, 5))
    #expect(memory.change(to: sample(9, 7), span: 60_000) == .init(spanMs: 9_000, statuses: ["200": 2], causes: [:]))
    #expect(TrafficMemory().change(to: sample(9, 7), span: 60_000) == .init(spanMs: 0, statuses: [:], causes: [:]))
  }

  @Test("it is bounded, and survives a clock that is set back")
  func bound() {
    var memory = TrafficMemory()
    for number in 0..<Int64(TrafficMemory.samplesMax + 50) { memory.add(sample(number * 10, UInt64(number))) }
    #expect(memory.samples.count == TrafficMemory.samplesMax)
    memory.add(sample(5, 1_000))
    #expect(memory.samples == [sample(5, 1_000)])
  }

  @Test("after a pause what is older than the window says nothing of it; counts that fell are none")
  func pause() {
    var memory = TrafficMemory()
    for second in stride(from: Int64(0), through: 100, by: 10) { memory.add(sample(second, UInt64(second))) }
    #expect(memory.change(to: sample(9_000, 500), span: 3_600_000) == .init(spanMs: 0, statuses: [:], causes: [:]))
    memory.add(sample(9_000, 500))
    let change = memory.change(to: sample(9_030, 510), span: 3_600_000)
    #expect(change == .init(spanMs: 30_000, statuses: ["200": 10], causes: [:]))
    #expect(memory.change(to: sample(9_030, 3), span: 3_600_000).statuses.isEmpty)
  }
}
