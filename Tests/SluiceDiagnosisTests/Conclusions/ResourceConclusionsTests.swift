import SluiceCore
import SluiceIncidents
import Testing

@testable import SluiceDiagnosis

@Suite("What the machine explains")
struct ResourceConclusionsTests {
  private func examined(suffers: Bool = true, _ change: (inout ResourcesSeen) -> Void) -> Examination {
    var resources = ResourcesSeen()
    change(&resources)
    return .sample { examination in
      examination.resources = .value(resources)
      var answer = ResponseSeen.answered(200)
      if suffers {
        answer.status = nil
        answer.cause = Cause.responseHeaderTimeout.identifier
      }
      examination.responses = .value([answer])
    }
  }

  private static let limits: [(String, @Sendable (inout ResourcesSeen) -> Void)] = [
    ("disk_full", { $0.disks = [DiskSeen(path: "/var/log", freeBytes: 4096, totalBytes: 1 << 30)] }),
    (
      "disk_full",
      { resources in
        var disk = DiskSeen(path: "/var/log", freeBytes: 1 << 30, totalBytes: 1 << 40)
        disk.freeFiles = 0
        resources.disks = [disk]
      }
    ),
    ("connection_table_full", { ($0.connectionsTracked, $0.connectionsTrackedMax) = (65_536, 65_536) }),
    ("local_ports_exhausted", { ($0.localPortsUsed, $0.localPortsMax) = (28_000, 28_232) }),
    ("descriptors_exhausted", { ($0.descriptorsSystem, $0.descriptorsSystemMax) = (99_900, 100_000) }),
    (
      "memory_pressure",
      { resources in
        resources.memoryPressure = 55
        (resources.memoryAvailableBytes, resources.memoryBytes) = (10 << 20, 8 << 30)
      }
    ),
  ]

  @Test("a limit that is met is likely where requests fail, and no verdict where they do not", arguments: 0..<6)
  func limits(_ index: Int) {
    let (cause, change) = Self.limits[index]
    let failing = diagnose(examined(change))
    #expect(failing.verdict.cause == cause, "\(failing.verdict)")
    #expect(failing.verdict.sure == .likely)
    let healthy = diagnose(examined(suffers: false, change))
    #expect(healthy.isHealthy, "\(healthy.verdict)")
  }

  @Test("what has room is no reason")
  func room() {
    let examination = examined { resources in
      resources.disks = [DiskSeen(path: "/", freeBytes: 1 << 30, totalBytes: 1 << 40)]
      (resources.connectionsTracked, resources.connectionsTrackedMax) = (10, 65_536)
      (resources.localPortsUsed, resources.localPortsMax) = (10, 28_232)
      (resources.memoryAvailableBytes, resources.memoryBytes) = (4 << 30, 8 << 30)
      resources.memoryPressure = 0
    }
    #expect(ResourceConclusions.conclusions(examination).isEmpty)
  }

  @Test("a cgroup that its page cache fills is no want of memory by that alone")
  func pageCache() {
    let examination = examined { resources in
      var cgroup = CgroupSeen(path: "/api")
      (cgroup.memoryBytes, cgroup.memoryMaxBytes) = (100 << 20, 100 << 20)
      resources.cgroup = cgroup
      resources.memoryPressure = 0
    }
    #expect(ResourceConclusions.conclusions(examination).map(\.explanation.sure) == [.possible])
  }

  @Test("the step tells what failed first, and what could not be read last")
  func step() throws {
    let examination = examined { resources in
      resources.loadAverage = 0.5
      resources.cores = 2
      resources.disks = [DiskSeen(path: "/var/log", freeBytes: 0, totalBytes: 1 << 30)]
      resources.missing = ["The kernel's log could not be read: that needs root."]
    }
    let report = try #require(StepReport.of(.resources, in: examination))
    #expect(report.mark == .failing)
    #expect(report.findings.first?.text.hasPrefix("The disk of /var/log has 0 B of 1 GiB") == true)
    #expect(report.findings.last?.mark == .notRun)
  }

  @Test("sizes and shares")
  func words() {
    #expect(Shown.size(512) == "512 B")
    #expect(Shown.size(1536) == "1.5 KiB")
    #expect(Shown.size(48 << 20) == "48 MiB")
    #expect(Shown.size(3 << 29) == "1.5 GiB")
    #expect(Shown.share(0.854) == "85 % of a core")
    #expect(SignalName.of(9) == "SIGKILL" && SignalName.of(40) == "signal 40")
  }
}
