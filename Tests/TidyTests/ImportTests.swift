import Testing

@Suite("Imports")
struct ImportTests {
  @Test("dependencies between targets point one way")
  func directions() {
    expectTidy(.importDirection, Repository.sources)
    #expect(lines(.importDirection, "internal import SluiceGateway") == [1])
    #expect(lines(.importDirection, "internal import SluiceWire\n// import SluiceGateway") == [])
    #expect(lines(.importDirection, "import struct SluiceLab.A", path: "Sources/SluiceGateway/A.swift") == [1])
    #expect(lines(.importDirection, "import B", path: "Sources/SluiceNew/A.swift") == [1])
  }

  @Test("no target sees itself through another")
  func noCycle() {
    for (target, allowed) in Rule.directions {
      for lower in allowed {
        #expect(Rule.directions[lower]?.contains(target) == false, "\(target) and \(lower) see each other")
      }
    }
  }

  @Test("wire and core import nothing that can do input or output")
  func pure() {
    expectTidy(.pureImports, Repository.sources)
    let sample = "internal import NIOCore\nimport Foundation\ninternal import SluiceWire\n@testable import Glibc"
    #expect(lines(.pureImports, sample) == [1, 2, 4])
  }

  @Test("imports carry access levels")
  func access() {
    expectTidy(.importAccess, Repository.sources)
    #expect(lines(.importAccess, "import NIOCore\npublic import SluiceWire\n@preconcurrency import A") == [1, 3])
  }
}
