import SluiceIncidents
import Testing

@testable import SluiceProbes

@Suite("Readers of resources")
struct ResourceReaderTests {
  // MARK: Cgroups

  static let unified = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
  static let first = """
    31 23 0:27 / /sys/fs/cgroup/memory rw,nosuid shared:5 - cgroup cgroup rw,memory
    32 23 0:28 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:6 - cgroup cgroup rw,cpu,cpuacct
    33 23 0:29 /docker/3f /sys/fs/cgroup/pids rw,nosuid shared:7 - cgroup cgroup rw,pids
    """

  private func reader(_ cgroup: String, mounts: String, _ files: [String: String]) -> CgroupReader {
    CgroupReader(groups: ControlGroups(cgroup), mounts: CgroupMounts(mounts)) { files[$0] }
  }

  @Test("version 2: the tightest limit on the way up counts")
  func second() throws {
    let files = [
      "/api.slice/api.service/memory.current": "104857600\n", "/api.slice/api.service/memory.max": "max\n",
      "/api.slice/memory.max": "209715200\n",
      "/api.slice/api.service/memory.events": "low 0\nhigh 12\nmax 3\noom 2\noom_kill 1\noom_group_kill 0\n",
      "/api.slice/api.service/cpu.max": "50000 100000\n", "/api.slice/cpu.max": "max 100000\n",
      "/api.slice/api.service/cpu.stat":
        "usage_usec 1\nnr_periods 400\nnr_throttled 100\nthrottled_usec 2500000\n",
      "/api.slice/api.service/pids.current": "9\n", "/api.slice/api.service/pids.max": "100\n",
    ].mapped
    let seen = try #require(reader("0::/api.slice/api.service\n", mounts: Self.unified, files).seen())
    #expect(seen.path == "/api.slice/api.service")
    #expect(seen.memoryBytes == 100 << 20)
    #expect(seen.memoryMaxBytes == 200 << 20)
    #expect(seen.outOfMemoryKills?.total == 1)
    #expect(seen.cpuCores == 0.5)
    #expect(seen.periods?.total == 400)
    #expect(seen.throttledPeriods?.total == 100)
    #expect(seen.throttledMs == 2500)
    #expect(seen.processes == 9)
    #expect(seen.processesMax == 100)
  }

  @Test("version 1: each controller has its own hierarchy, and a container sees a part of it")
  func version1() throws {
    let files = [
      "/memory/docker/3f/memory.usage_in_bytes": "1024\n",
      "/memory/docker/3f/memory.limit_in_bytes": "52428800\n",
      "/memory/memory.limit_in_bytes": "9223372036854771712\n",
      "/memory/docker/3f/memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n",
      "/cpu,cpuacct/docker/3f/cpu.cfs_quota_us": "20000\n", "/cpu,cpuacct/docker/3f/cpu.cfs_period_us": "100000\n",
      "/cpu,cpuacct/cpu.cfs_quota_us": "-1\n", "/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
      "/cpu,cpuacct/docker/3f/cpu.stat": "nr_periods 10\nnr_throttled 9\nthrottled_time 720000000\n",
      "/pids/pids.current": "5\n", "/pids/pids.max": "max\n",
    ].mapped
    let text = "9:memory:/docker/3f\n8:cpu,cpuacct:/docker/3f\n7:pids:/docker/3f\n"
    let seen = try #require(reader(text, mounts: Self.first, files).seen())
    #expect(seen.memoryMaxBytes == 50 << 20)
    #expect(seen.outOfMemoryKills?.total == 4)
    #expect(seen.cpuCores == 0.2)
    #expect(seen.throttledMs == 720)
    #expect(seen.processes == 5)
    #expect(seen.processesMax == nil)
  }

  @Test("without a quota there are no periods, and without files nothing")
  func none() {
    let files = ["/app/memory.current": "1\n", "/app/cpu.max": "max 100000\n", "/app/memory.max": "max\n"].mapped
    let seen = reader("0::/app\n", mounts: Self.unified, files).seen()
    #expect(seen?.cpuCores == nil)
    #expect(seen?.periods == nil)
    #expect(seen?.memoryMaxBytes == nil)
    #expect(reader("0::/app\n", mounts: Self.unified, [:]).seen() == nil)
    #expect(reader("", mounts: Self.unified, files).seen() == nil)
  }

  @Test("a counter rose between two readings; one that fell was begun anew")
  func counters() {
    let before = CounterSeen(total: 10, lately: 0)
    #expect(CounterSeen(total: 13, lately: 0).since(before).lately == 3)
    #expect(CounterSeen(total: 2, lately: 0).since(before).lately == 0)
    #expect(CounterSeen(total: 2, lately: 0).since(nil).lately == 0)
  }

  @Test("the folders of a cgroup, from its own to the mount point")
  func folders() {
    let mount = CgroupMounts.Mount(root: "/docker/3f", point: "/sys/fs/cgroup/pids")
    #expect(
      CgroupMounts.folders(of: "/docker/3f/inner", in: mount) == ["/sys/fs/cgroup/pids/inner", "/sys/fs/cgroup/pids"])
    #expect(CgroupMounts.folders(of: "/../other", in: mount) == ["/sys/fs/cgroup/pids"])
  }

  // MARK: The kernel's log

  @Test("a kill for want of memory, with its cgroup from the line before")
  func outOfMemory() throws {
    var notes = KernelLog.Notes(boot: 1_000_000)
    notes.take(
      "6,900,5000000,-;oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=/,mems_allowed=0,"
        + "oom_memcg=/docker/3f,task_memcg=/docker/3f,task=python3,pid=4711,uid=0\n SUBSYSTEM=x\n")
    notes.take(
      "3,901,5000100,-;Memory cgroup out of memory: Killed process 4711 (py (th) on3) total-vm:61440kB, "
        + "anon-rss:40960kB, file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:120kB oom_score_adj:0\n")
    let note = try #require(notes.latest.first)
    #expect(note.kind == .outOfMemoryKill)
    #expect(note.process == 4711)
    #expect(note.name == "py (th) on3")
    #expect(note.cgroup == "/docker/3f")
    #expect(note.time == 1_005_000)
  }

  @Test(
    "faults of programs in the words of several kernels",
    arguments: [
      ("app[17]: segfault at 0 ip 000055 sp 00007f error 4 in app[55+1]", "app", 17),
      ("traps: my app[18] trap invalid opcode ip:7f sp:7f error:0 in libc.so", "my app", 18),
      ("traps: app[19] general protection fault ip:55 sp:7f error:0 in app", "app", 19),
      ("a[b][20]: unhandled exception: DABT (lower EL), ESR 0x92000006", "a[b]", 20),
    ])
  func faults(_ text: String, _ name: String, _ process: Int32) {
    let note = KernelLogText.note(text)
    #expect(note?.kind == .fault)
    #expect(note?.name == name)
    #expect(note?.process == process)
  }

  @Test("older words for a kill, floods and full tables; other lines tell nothing")
  func others() {
    #expect(KernelLogText.note("Killed process 12 (java), UID 0, total-vm:1kB")?.name == "java")
    let flood = "TCP: request_sock_TCP: Possible SYN flooding on port 127.0.0.1:3000. Dropping request."
    #expect(KernelLogText.note(flood)?.kind == .queueOverflow)
    #expect(
      KernelLogText.note("nf_conntrack: nf_conntrack: table full, dropping packet")?.kind == .connectionTableFull)
    #expect(KernelLogText.note("eth0: link up") == nil)
    #expect(KernelLogText.record("no semicolon") == nil)
    #expect(KernelLogText.record("6,1,x,-;text") == nil)
  }

  // MARK: The machine

  @Test("counters, pressure, memory and units")
  func machine() {
    let netstat = "TcpExt: SyncookiesSent ListenOverflows ListenDrops\nTcpExt: 1 22 333\nIpExt: InNoRoutes\nIpExt: 4\n"
    #expect(MachineTexts.netstat("ListenOverflows", netstat) == 22)
    #expect(MachineTexts.netstat("InNoRoutes", netstat) == 4)
    #expect(MachineTexts.netstat("Missing", netstat) == nil)
    #expect(MachineTexts.pressure("some avg10=12.50 avg60=1.00 avg300=0.00 total=1\nfull avg10=3.00") == 12.5)
    #expect(MachineTexts.memory("MemAvailable", "MemTotal: 8 kB\nMemAvailable:   4 kB\n") == 4096)
    #expect(MachineTexts.numbers("992\t0\t9223372036854775807\n").first == 992)
    #expect(MachineTexts.load("1.25 0.80 0.70 2/300 4711") == 1.25)
  }

  @Test("what systemctl shows of a unit")
  func unit() {
    let text = """
      Id=api.service
      LoadState=loaded
      ActiveState=failed
      SubState=failed
      Result=oom-kill
      ExecMainStatus=9
      NRestarts=5
      StateChangeTimestampMonotonic=5000000
      """
    let unit = UnitText.unit(text, boot: 1_000_000)
    #expect(unit?.name == "api.service")
    #expect(unit?.activeState == "failed")
    #expect(unit?.result == "oom-kill")
    #expect(unit?.exitStatus == 9)
    #expect(unit?.restarts == 5)
    #expect(unit?.changedAt == 1_005_000)
    #expect(UnitText.unit("Id=x.service\nLoadState=not-found\nActiveState=inactive\n", boot: 0) == nil)
  }
}

extension [String: String] {
  /// Paths as the reader asks for them.
  fileprivate var mapped: [String: String] {
    Dictionary(uniqueKeysWithValues: map { ("/sys/fs/cgroup" + $0, $1) })
  }
}
