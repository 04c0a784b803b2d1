import Glibc
import TestSupport
import Testing

@testable import SluiceProbes

@Suite struct ProgramRunTests {
  private func run(_ words: String..., limit: Duration = .seconds(30), bytesMax: Int = 1 << 20) -> ProgramRun {
    ProgramRun.run(words[0], Array(words.dropFirst()), within: limit, bytesMax: bytesMax)
  }

  @Test func whatAProgramSaysAndHowItEndsIsTold() {
    let spoken = run("sh", "-c", "echo out; echo err >&2; exit 3")
    #expect(spoken == ProgramRun(end: .exited(status: 3), output: Array("out\n".utf8), errors: Array("err\n".utf8)))
    #expect(run("sh", "-c", "kill -TERM $$").end == .signalled(SIGTERM))
    #expect(run("true").isSuccess)
  }

  @Test func noShellStandsBetween() {
    #expect(run("printf", "%s|", "a b", "$(id)", "';").output == Array("a b|$(id)|';|".utf8))
  }

  @Test func aProgramThatIsMissingIsTold() {
    #expect(run("no-such-program-of-sluice").end == .notStarted(errno: ENOENT))
  }

  @Test(.timeLimit(.minutes(1)))
  func aProgramThatDoesNotEndIsEndedWithItsChildren() async throws {
    let run = run("sh", "-c", "sleep 600 & echo $!; wait", limit: .milliseconds(300))
    #expect(run.end == .timedOut)
    let child = try #require(Int32(String(decoding: run.output, as: UTF8.self).filter(\.isNumber)))
    // It is gone, or waits for init to ask how it ended.
    let isGone = await eventually {
      let state = try? String(contentsOfStatus: child)
      return state == nil || state?.contains("State:\tZ") == true
    }
    #expect(isGone)
  }

  @Test(.timeLimit(.minutes(1)))
  func aProgramThatSaysTooMuchIsEnded() {
    let run = run("yes", bytesMax: 10_000)
    #expect(run.end == .cut)
    #expect(run.output.count == 10_000)
    #expect(self.run("sh", "-c", "yes x | head -c 50000 >&2").errors.count == ProgramRun.errorBytesMax)
  }

  @Test func nothingThatIsOpenHereIsOpenThere() {
    let opened = open("/dev/null", O_RDONLY)
    defer { close(opened) }
    let run = run("sh", "-c", "ls /proc/self/fd | wc -l")
    // Its standard three, and the folder that ls reads.
    #expect(String(decoding: run.output, as: UTF8.self).filter(\.isNumber) == "4")
  }
}

extension String {
  fileprivate init(contentsOfStatus process: Int32) throws {
    guard let file = fopen("/proc/\(process)/status", "r") else { throw Gone() }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = fread(&bytes, 1, bytes.count, file)
    self = String(decoding: bytes.prefix(count), as: UTF8.self)
  }

  private struct Gone: Error {}
}
