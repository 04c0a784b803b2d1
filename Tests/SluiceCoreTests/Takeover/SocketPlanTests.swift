import SluiceCore
import Testing

@Suite("which worker accepts on which socket")
struct SocketPlanTests {
  @Test("each socket has one worker, each worker gets connections, and none is left out")
  func everyPair() {
    for sockets in 1...9 {
      for workers in 1...9 {
        for mayOpen in [true, false] {
          let plan = SocketPlan(sockets: sockets, workers: workers, mayOpen: mayOpen)
          #expect(plan.acceptors.count == sockets, "a queue that nobody empties")
          #expect(plan.acceptors.allSatisfy((0..<workers).contains))
          let served = plan.spreads ? Set(0..<workers) : Set(plan.acceptors).union(plan.opensFor)
          #expect(served == Set(0..<workers), "\(sockets) sockets, \(workers) workers")
          #expect(mayOpen || plan.opensFor.isEmpty)
          #expect(!plan.spreads || !mayOpen && sockets < workers)
          // No worker does much more than another.
          let loads = (0..<workers).map { worker in
            plan.acceptors.count { $0 == worker } + (plan.opensFor.contains(worker) ? 1 : 0)
          }
          if !plan.spreads { #expect((loads.max() ?? 0) - (loads.min() ?? 0) <= 1) }
        }
      }
    }
  }

  @Test func fewerWorkersServeSeveralSockets() {
    #expect(SocketPlan(sockets: 2, workers: 1, mayOpen: true).acceptors == [0, 0])
  }

  @Test func moreWorkersOpenTheirOwn() {
    #expect(SocketPlan(sockets: 1, workers: 3, mayOpen: true).opensFor == 1..<3)
  }
}
