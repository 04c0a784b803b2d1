import Foundation
import SluiceAdmin
import Testing

@testable import sluice

@Suite("What the process takes of the machine")
struct ProcessMeterTests {
  @Test("what is read fits the process that runs")
  func read() throws {
    let before = try #require(ProcessMeter.read())
    let now = Date().timeIntervalSince1970
    #expect(before.startTime < now && before.startTime > now - 86_400)
    #expect(before.residentBytes > 1 << 20 && before.virtualBytes > before.residentBytes)
    #expect(before.cpuSeconds > 0 && before.openDescriptors > 2)
    #expect(UInt64(before.openDescriptors) < before.descriptorsMax)
    let opened = try (0..<100).map { _ in try #require(FileHandle(forReadingAtPath: "/dev/null")) }
    let after = try #require(ProcessMeter.read())
    #expect(after.openDescriptors >= before.openDescriptors + 80)
    #expect(after.startTime == before.startTime && after.cpuSeconds >= before.cpuSeconds)
    for handle in opened { try handle.close() }
  }
}
