import SluiceIncidents
import Testing

@testable import SluiceProbes

@Suite("Readers of processes")
struct ProcessReaderTests {
  @Test("a name may hold parentheses and spaces")
  func stat() throws {
    let text =
      "4711 (we) ird) S 17 4711 4711 0 -1 4194560 1 0 0 0 250 50 0 0 20 0 9 0 123456 1 2 3 4 5 6 7 8 9 10 11 12 13 14 "
      + "15 16 17 18 19 20 21 22 23 24 25 26 35072\n"
    let stat = try #require(ProcessStat(text))
    #expect(stat.process == 4711)
    #expect(stat.name == "we) ird")
    #expect(stat.state == "S")
    #expect(stat.parent == 17)
    #expect(stat.cpuTicks == 300)
    #expect(stat.threads == 9)
    #expect(stat.startTicks == 123_456)
    #expect(ProcessStat("4711 (short) S 17") == nil)
    #expect(ProcessStat("") == nil)
  }

  @Test("labels of status and limits")
  func labels() {
    let status = "Name:\tapi\nUid:\t1000\t1001\t1002\t1003\nVmRSS:\t   2048 kB\n"
    #expect(ProcessTexts.number("Uid", inStatus: status) == 1000)
    #expect(ProcessTexts.number("VmRSS", inStatus: status) == 2048)
    #expect(ProcessTexts.number("VmSwap", inStatus: status) == nil)
    let limits =
      "Limit   Soft Limit   Hard Limit   Units\nMax open files            1024                 524288 files\n"
    #expect(ProcessTexts.waitedForProcessor("33542180 1482094 123\n") == 1_482_094)
    #expect(ProcessTexts.waitedForProcessor("1") == nil)
    #expect(ProcessTexts.openFilesMax(limits) == 1024)
    #expect(ProcessTexts.openFilesMax("Max open files   unlimited  unlimited files") == nil)
    #expect(ProcessTexts.socketInode("socket:[4711]") == 4711)
    #expect(ProcessTexts.socketInode("pipe:[4711]") == nil)
    let call = ProcessTexts.call("7 0x7ffc 0x1 0x3e8 0x0 0x0 0x0 0x7ffe 0x7f2b\n")
    #expect(call?.number == 7)
    #expect(call?.arguments[1] == 1)
    #expect(ProcessTexts.call("running\n") == nil)
  }

  @Test(
    "secrets in command lines are blanked",
    arguments: [
      (["app", "--token=abc", "-p", "80"], "app --token=*** -p 80"),
      (["app", "--db-password", "hunter2", "serve"], "app --db-password *** serve"),
      (["env", "API_KEY=abc", "app"], "env API_KEY=*** app"),
      (["app", "postgres://bob:hunter2@db:5432/x"], "app postgres://bob:***@db:5432/x"),
      (["app", "http://127.0.0.1:3000/a@b:c"], "app http://127.0.0.1:3000/a@b:c"),
      (["app", "--port=3000", "--verbose"], "app --port=3000 --verbose"),
    ])
  func secrets(_ arguments: [String], _ shown: String) {
    #expect(CommandText.blanked(arguments).joined(separator: " ") == shown)
    let bytes = Array(arguments.joined(separator: "\0").utf8) + [0]
    #expect(CommandText.text(bytes) == shown)
  }

  @Test("paths of cgroups tell unit and container, of both versions")
  func cgroups() {
    let digits = String(repeating: "3f8a", count: 16)
    let v2 = ControlGroups("0::/system.slice/api@blue.service\n")
    #expect(v2.unit == "api@blue.service")
    #expect(v2.path == "/system.slice/api@blue.service")
    #expect(v2.container == nil)
    let docker = ControlGroups("12:cpu,cpuacct:/docker/\(digits)\n4:memory:/docker/\(digits)\n1:name=systemd:/\n")
    #expect(docker.container == "3f8a3f8a3f8a")
    #expect(docker.controllers["cpuacct"] == "/docker/\(digits)")
    let podman = ControlGroups("0::/user.slice/user-1000.slice/user@1000.service/app.slice/libpod-\(digits).scope\n")
    #expect(podman.container == "3f8a3f8a3f8a")
    #expect(podman.unit == nil)
    #expect(ControlGroups("0::/\n").path == "/")
    #expect(ControlGroups("").path == nil)
  }

  @Test("the same program keeps its unit, its container, or its command but for numbers")
  func sameProgram() {
    func marks(
      _ command: String, program: String? = "/usr/bin/node", cgroup: String? = nil, unit: String? = nil
    ) -> SameProgram.Marks {
      var seen = ProcessSeen(process: 1, name: "n", command: command, state: .sleeping)
      seen.program = program
      seen.cgroup = cgroup
      seen.unit = unit
      return SameProgram.Marks(seen)
    }
    func isSame(_ one: SameProgram.Marks, _ other: SameProgram.Marks, own: String? = nil) -> Bool {
      SameProgram.isSame(one, other, ownCgroup: own)
    }
    #expect(isSame(marks("node app.js --port 3000"), marks("node app.js --port 13001")))
    #expect(!isSame(marks("node app.js"), marks("node other.js")))
    #expect(!isSame(marks("app", program: "/opt/1/app"), marks("app", program: "/opt/two/app")))
    #expect(isSame(marks("a", unit: "api.service"), marks("b", program: "/other", unit: "api.service")))
    #expect(isSame(marks("node a", cgroup: "/apps/api"), marks("node b", cgroup: "/apps/api")))
    #expect(!isSame(marks("node a", cgroup: "/apps/api"), marks("node b", cgroup: "/apps/api"), own: "/apps/api"))
    #expect(!isSame(marks("node a", cgroup: "/"), marks("node b", cgroup: "/")))
  }

  @Test("each folder on the way to a socket")
  func folders() {
    #expect(SocketFileLook.folders(of: "/run/app/http.sock") == ["/", "/run", "/run/app"])
  }
}
