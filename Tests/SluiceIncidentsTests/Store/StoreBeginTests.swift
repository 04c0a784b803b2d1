import Dispatch
import Foundation
import Testing

@testable import SluiceIncidents

@Suite(.timeLimit(.minutes(1))) struct StoreBeginTests {
  @Test func gatewaysThatBeginAFileAtTheSameTimeAllHaveIt() {
    let failures = Told<StoreFailure>()
    for _ in 0..<60 {
      let folder = StoreFolder()
      let file = StoreFile(folder.store)
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        // Not all at once: those that come later find a file that is half made.
        usleep(UInt32.random(in: 0..<4000))
        do throws(StoreFailure) {
          try StoreConnection(file, bounds: StoreBounds()) { false }.close()
        } catch {
          failures.add(error)
        }
      }
      withExtendedLifetime(folder) {}
    }
    #expect(failures.all.map(\.description) == [])
  }
}
