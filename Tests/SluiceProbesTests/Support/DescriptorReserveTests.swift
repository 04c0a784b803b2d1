import Testing

@testable import SluiceProbes

@Suite struct DescriptorReserveTests {
  @Test func whatIsThereIsThereAndNobodyHasEndlesslyMany() {
    #expect(DescriptorReserve.isThere(1))
    #expect(!DescriptorReserve.isThere(Int.max / 2))
  }
}
