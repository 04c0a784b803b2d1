import Foundation
import Testing

@testable import SluiceGateway

@Suite struct Base64Tests {
  @Test func itIsWhatFoundationWrites() {
    for count in 0..<70 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 37 + 251) }
      var output: [UInt8] = []
      Base64.append(bytes, to: &output)
      #expect(String(decoding: output, as: UTF8.self) == Data(bytes).base64EncodedString())
    }
  }
}
