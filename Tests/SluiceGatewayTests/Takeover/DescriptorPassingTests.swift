internal import Glibc
internal import Testing

@testable internal import SluiceGateway

@Suite struct DescriptorPassingTests {
  private static func pair() throws -> (Int32, Int32) {
    var ends: [Int32] = [0, 0]
    try #require(socketpair(AF_UNIX, Int32(SOCK_SEQPACKET.rawValue), 0, &ends) == 0)
    return (ends[0], ends[1])
  }

  private static func isOpen(_ descriptor: Int32) -> Bool { fcntl(descriptor, F_GETFD) >= 0 }

  @Test("any number of descriptors arrives, each the same file and closed on exec", arguments: [0, 1, 2, 3, 64])
  func roundTrip(count: Int) throws {
    let (near, far) = try Self.pair()
    defer {
      close(near)
      close(far)
    }
    var status = stat()
    let sent = (0..<count).map { _ in open("/dev/null", O_RDONLY) }
    #expect(fstat(sent.first ?? 0, &status) == 0)
    #expect(DescriptorPassing.send([1, 2, 3], sent, to: near) == 0)
    for descriptor in sent { close(descriptor) }
    guard case .packet(let bytes, let received) = DescriptorPassing.receive(from: far, bytesMax: 16, descriptorsMax: 64)
    else {
      Issue.record("nothing arrived")
      return
    }
    defer { for descriptor in received { close(descriptor) } }
    #expect(bytes == [1, 2, 3] && received.count == count)
    for descriptor in received {
      var copy = stat()
      #expect(fstat(descriptor, &copy) == 0 && copy.st_ino == status.st_ino)
      #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
    }
  }

  @Test("what is longer or brings more than it may is dropped whole, and nothing stays open")
  func truncated() throws {
    let (near, far) = try Self.pair()
    defer {
      close(near)
      close(far)
    }
    for (bytes, descriptors) in [([UInt8](repeating: 0, count: 17), 1), ([1], 5)] {
      #expect(DescriptorPassing.send(bytes, Array(repeating: near, count: descriptors), to: near) == 0)
      guard case .truncated = DescriptorPassing.receive(from: far, bytesMax: 16, descriptorsMax: 2) else {
        Issue.record("\(bytes.count) bytes and \(descriptors) descriptors were taken")
        return
      }
    }
    guard DescriptorPassing.send([1], [], to: near) == 0 else { return }
    if case .packet(let bytes, let none) = DescriptorPassing.receive(from: far, bytesMax: 16, descriptorsMax: 2) {
      #expect(bytes == [1] && none.isEmpty, "what followed was hurt")
    } else {
      Issue.record("what followed was lost")
    }
  }

  @Test func theEndIsTheEnd() throws {
    let (near, far) = try Self.pair()
    defer { close(far) }
    close(near)
    guard case .end = DescriptorPassing.receive(from: far, bytesMax: 16, descriptorsMax: 2) else {
      Issue.record("no end")
      return
    }
    #expect(DescriptorPassing.send([1], [], to: far) == EPIPE)
    #expect(Self.isOpen(far))
  }
}
