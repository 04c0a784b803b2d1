internal import SluiceCore
internal import Testing

@Suite struct BackoffTests {
  @Test(arguments: [(1, 25), (2, 50), (3, 100), (4, 200), (5, 250), (60, 250)])
  func theUpperEndDoublesUpToABound(attempts: Int, milliseconds: Int64) {
    #expect(Backoff.pause(afterAttempts: attempts, random: .max) == .milliseconds(milliseconds))
    #expect(Backoff.pause(afterAttempts: attempts, random: 0) == .zero)
  }

  @Test func theJitterIsFull() {
    var random = SplitMix64(seed: 7)
    let pauses = (0..<4000).map { _ in Backoff.pause(afterAttempts: 3, random: random.next()).inMilliseconds }
    for decile in 0..<10 {
      let count = pauses.count { $0 >= Int64(decile * 10) && $0 < Int64(decile * 10 + 10) }
      #expect((300...500).contains(count), "\(count) of 4000 in decile \(decile)")
    }
  }
}
