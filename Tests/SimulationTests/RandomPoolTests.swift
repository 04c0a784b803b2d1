internal import Testing

@Suite struct RandomPoolTests {
  @Test func aPlainListAgrees() {
    for seed in 0..<UInt64(100) {
      var model = PoolModel(seed: seed)
      for _ in 0..<200 where model.violations.isEmpty { model.step() }
      #expect(model.violations.isEmpty, "seed \(seed)")
    }
  }
}
