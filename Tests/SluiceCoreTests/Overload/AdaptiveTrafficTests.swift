import SluiceCore
import Testing

/// What the adaptive limit does to traffic, on simulated time with seeds.
@Suite(.timeLimit(.minutes(2))) struct AdaptiveTrafficTests {
  static let seeds: [UInt64] = [1, 2, 3, 4, 5]

  /// Exponential with mean 1 from a random number within 0..<1, by halving: `-ln(1 - u)`.
  private static func exponential(_ chance: Double) -> Double {
    var rest = 1 - chance
    var result = 0.0
    while rest < 0.5 {
      rest *= 2
      result += 0.693_147_180_559_945
    }
    let y = (rest - 1) / (rest + 1)
    var power = y
    for index in 0..<12 {
      result -= 2 * power / Double(2 * index + 1)
      power *= y * y
    }
    return result
  }

  /// Four threads of 40 ms each: 100 requests a second, offered 1,000.
  @Test(arguments: seeds) func anApplicationWithFourThreadsKeepsItsGoodputUnderTenTimesItsLoad(_ seed: UInt64) {
    var model = QueueingModel(servers: 4, seed: seed, rate: { _ in 1000 }, service: { _, _ in 0.04 })
    model.run(seconds: 60)
    #expect(model.accepted(0..<20) >= 20 * 95)
    #expect(model.accepted(20..<60) >= 40 * 95)
    #expect(model.percentile(0.99, 0..<20) < 2)
    #expect(model.percentile(0.99, 5..<60) < 1.2)
    for second in 8..<60 { #expect(4...9 ~= model.seconds[second].limit, "second \(second)") }
  }

  @Test(arguments: seeds) func anOverloadThatBuildsUpSlowlyIsFoundToo(_ seed: UInt64) {
    for rate in [75.0, 150, 300] {
      var model = QueueingModel(servers: 2, seed: seed, rate: { _ in rate }, service: { _, _ in 0.04 })
      model.run(seconds: 20)
      #expect(model.accepted(0..<20) >= 20 * 47, "\(rate) a second")
      #expect(model.percentile(0.99, 0..<20) < 2, "\(rate) a second")
      #expect(model.adaptive.limit < 12, "\(rate) a second")
    }
  }

  @Test(arguments: seeds) func serviceTimesOfAllLengthsDoNotMisleadIt(_ seed: UInt64) {
    var model = QueueingModel(
      servers: 4, seed: seed, rate: { _ in 1000 }, service: { _, chance in 0.04 * Self.exponential(chance) })
    model.run(seconds: 60)
    #expect(model.accepted(0..<60) >= 60 * 95)
    #expect(model.percentile(0.99, 0..<60) < 2)
    for second in 8..<60 { #expect(4...20 ~= model.seconds[second].limit, "second \(second)") }
  }

  @Test(arguments: seeds) func manyThreadsAreFoundToo(_ seed: UInt64) {
    var model = QueueingModel(servers: 64, seed: seed, rate: { _ in 4000 }, service: { _, _ in 0.04 })
    model.run(seconds: 20)
    #expect(model.accepted(2..<20) >= 18 * 1520)
    #expect(model.percentile(0.99, 2..<20) < 1.2)
    #expect(64...128 ~= model.adaptive.limit)
  }

  /// Whatever comes is worked at together: there is nothing to protect.
  @Test(arguments: seeds) func anApplicationThatNeverQueuesGetsEverything(_ seed: UInt64) {
    var model = QueueingModel(servers: nil, seed: seed, rate: { _ in 2000 }, service: { _, _ in 0.04 })
    model.run(seconds: 60)
    #expect(model.shed(0..<60) == 0)
    #expect(model.percentile(0.99, 5..<60) < 0.1)
    #expect(model.adaptive.limit > 80)
  }

  /// A deploy makes every answer take twice as long, and nothing queues: the requests in progress double.
  @Test(arguments: seeds) func aSlowDeployIsNotTakenForAnOverload(_ seed: UInt64) {
    var model = QueueingModel(
      servers: nil, seed: seed, rate: { _ in 2000 }, service: { at, _ in at > 15 ? 0.08 : 0.04 })
    model.run(seconds: 40)
    #expect(model.shed(0..<40) == 0)
    #expect(model.percentile(0.99, 20..<40) < 0.2)
  }

  @Test(arguments: seeds) func aSlowerApplicationUnderOverloadKeepsWhatItCan(_ seed: UInt64) {
    var model = QueueingModel(
      servers: 4, seed: seed, rate: { _ in 1000 }, service: { at, _ in at > 20 ? 0.08 : 0.04 })
    model.run(seconds: 80)
    #expect(model.accepted(21..<80) >= 59 * 47)
    #expect(model.percentile(0.99, 21..<80) < 1.5)
    // The latency without a queue was measured anew meanwhile.
    for second in 66..<80 { #expect(4...9 ~= model.seconds[second].limit, "second \(second)") }
  }

  @Test(arguments: seeds) func aFasterApplicationIsFoundOutUnderOverload(_ seed: UInt64) {
    var model = QueueingModel(
      servers: 4, seed: seed, rate: { _ in 1000 }, service: { at, _ in at > 20 ? 0.02 : 0.04 })
    model.run(seconds: 60)
    #expect(model.accepted(22..<60) >= 38 * 190)
    #expect(model.percentile(0.99, 22..<60) < 1.3)
  }

  /// Low traffic never meets the limit: it does not move, and nobody is shed.
  @Test(arguments: seeds) func lowTrafficIsNeverShed(_ seed: UInt64) {
    for rate in [1.0, 5, 60] {
      var model = QueueingModel(
        servers: 4, seed: seed, rate: { _ in rate },
        service: { at, chance in (at > 30 ? 0.06 : 0.04) * Self.exponential(chance) })
      model.run(seconds: 60)
      #expect(model.shed(0..<60) == 0, "\(rate) a second")
      #expect(model.adaptive.limit >= 20, "\(rate) a second")
    }
  }

  /// Ten seconds of overload, ten of nothing, and again.
  @Test(arguments: seeds) func idleTimesForgetNothing(_ seed: UInt64) {
    var model = QueueingModel(
      servers: 4, seed: seed, rate: { at in Int(at) % 20 < 10 ? 1000 : 0 }, service: { _, _ in 0.04 })
    model.run(seconds: 60)
    for burst in [20..<30, 40..<50] {
      #expect(model.accepted(burst) >= 10 * 95)
      #expect(model.percentile(0.99, burst) < 1.2)
    }
  }

  /// Between bursts the traffic is what the application can do: none of it is shed for what came before.
  @Test(arguments: seeds) func healthyTrafficBehindABurstIsNotShed(_ seed: UInt64) {
    var model = QueueingModel(
      servers: 4, seed: seed, rate: { at in Int(at) % 20 < 10 ? 1000 : 50 },
      service: { _, chance in 0.04 * Self.exponential(chance) })
    model.run(seconds: 60)
    for quiet in [12..<20, 32..<40, 52..<60] {
      #expect(model.shed(quiet) == 0)
      #expect(model.accepted(quiet) >= 8 * 30)
    }
  }

  /// Probes are rare, and each is over within seconds.
  @Test func probesComeEveryHalfMinuteAndAreShort() {
    var model = QueueingModel(servers: 4, seed: 7, rate: { _ in 1000 }, service: { _, _ in 0.04 })
    model.run(seconds: 120)
    let low = model.seconds[8..<120].filter { $0.limit < 7 }.count
    #expect(1...10 ~= low)
    #expect(model.reasons.isSuperset(of: [.grew, .probing, .probed]))
  }
}
