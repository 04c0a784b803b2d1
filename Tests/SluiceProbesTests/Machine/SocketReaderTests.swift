import Glibc
import SluiceCore
import Testing

@testable import SluiceProbes

@Suite("Readers of sockets")
struct SocketReaderTests {
  static let table = """
      sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
       0: 0100007F:0BB8 00000000:0000 0A 00000000:00000002 00:00000000 00000000  1000        0 4711 1 0000 100 0 0 10 0
       1: 0100007F:0BB8 0100007F:D431 01 00000000:0000004E 00:00000000 00000000     0        0 4712 1 0000 20 4 30 10 -1
      bad line
    """

  @Test("a line of /proc/net/tcp has addresses, state, queues, user and inode")
  func table() {
    let entries = SocketTable.entries(Self.table)
    #expect(entries.count == 2)
    #expect(
      entries.first
        == SocketEntry(
          local: .v4(127, 0, 0, 1, port: 3000), remote: .v4(0), state: SocketEntry.State.listen, receiveQueue: 2,
          sendQueue: nil, user: 1000, inode: 4711))
    #expect(entries.last?.remote == .v4(127, 0, 0, 1, port: 54321))
    #expect(entries.last?.receiveQueue == 78)
    #expect(entries.last?.sendQueue == 0)
  }

  @Test("an address of /proc/net/tcp6 stands in words of the machine's byte order")
  func table6() {
    let text = """
        sl  local_address                         remote_address                        st tx_queue rx_queue
         0: 00000000000000000000000001000000:1F90 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 99 1
         1: 0000000000000000FFFF00000100007F:1F91 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 98 1
      """
    let entries = SocketTable.entries(text)
    #expect(entries.first?.local == .v6(high: 0, low: 1, port: 8080))
    #expect(entries.last?.local.unmapped == .v4(127, 0, 0, 1, port: 8081))
  }

  @Test("a listening socket takes its own address, and all of its family where it has none")
  func takes() {
    func socket(_ local: EndpointAddress, v6Only: Bool? = nil) -> SocketEntry {
      SocketEntry(
        local: local, remote: .none, state: SocketEntry.State.listen, receiveQueue: 0, user: 0, inode: 1,
        isV6Only: v6Only)
    }
    let v4 = EndpointAddress.v4(127, 0, 0, 1, port: 80)
    let v6 = EndpointAddress.v6(high: 0, low: 1, port: 80)
    #expect(socket(v4).takes(v4))
    #expect(socket(.v4(0, port: 80)).takes(v4))
    #expect(!socket(.v4(0, port: 80)).takes(v6))
    #expect(!socket(.v4(0, port: 81)).takes(v4))
    #expect(!socket(v6).takes(v4))
    #expect(!socket(v4).takes(v6))
    #expect(socket(.v6(high: 0, low: 0, port: 80)).takes(v4))
    #expect(!socket(.v6(high: 0, low: 0, port: 80), v6Only: true).takes(v4))
    #expect(socket(.v6(high: 0, low: 0, port: 80), v6Only: true).takes(v6))
    #expect(EndpointAddress.v4(0, port: 80).connected == v4 && v4.connected == v4)
  }

  @Test("a question to inet_diag has the form of its C struct")
  func question() {
    let bytes = SocketDiagnostics.question(isV6: false, states: [10, 1], port: 3000)
    #expect(bytes.count == 56)
    #expect(Array(bytes[..<2]) == [2, 6])
    #expect(bytes.number(UInt32.self, at: 4) == 1 << 10 | 1 << 1)
    #expect(Array(bytes[8..<10]) == [0x0B, 0xB8])
    let message = NetlinkDump.request(bytes)
    #expect(message.number(UInt32.self, at: 0) == 72)
    #expect(message.number(UInt16.self, at: 4) == 20)
    #expect(UnixDiagnostics.question.count == 24)
  }

  @Test("a datagram is cut into messages; a damaged length ends it")
  func messages() {
    var bytes = NetlinkBytes()
    for (kind, payload) in [(UInt16(20), [UInt8]([1, 2, 3, 4])), (20, [5, 6, 7, 8])] {
      bytes.append(UInt32(16 + payload.count))
      bytes.append(kind)
      bytes.append(zeros: 10)
      for byte in payload { bytes.append(byte) }
    }
    #expect(NetlinkDump.messages(bytes.bytes).payloads == [[1, 2, 3, 4], [5, 6, 7, 8]])
    var damaged = bytes.bytes
    damaged[0] = 200
    #expect(NetlinkDump.messages(damaged).payloads == [])
    var refused = NetlinkBytes()
    refused.append(UInt32(20))
    refused.append(UInt16(2))
    refused.append(zeros: 10)
    refused.append(Int32(-2))
    #expect(NetlinkDump.messages(refused.bytes) == .failed(2))
  }

  @Test("an answer of inet_diag, with the attribute that keeps IPv4 away")
  func entry() {
    var bytes = NetlinkBytes()
    for byte: UInt8 in [10, 10, 0, 0] { bytes.append(byte) }
    bytes.append(UInt16(3000).bigEndian)
    bytes.append(UInt16(0))
    bytes.append(UInt64(0))
    bytes.append(UInt64(1).bigEndian)
    bytes.append(zeros: 16 + 4 + 8 + 4)
    for number: UInt32 in [3, 2, 1000, 4711] { bytes.append(number) }
    #expect(bytes.bytes.count == 72)
    let plain = SocketDiagnostics.entry(bytes.bytes[...])
    #expect(
      plain
        == SocketEntry(
          local: .v6(high: 0, low: 1, port: 3000), remote: .v6(high: 0, low: 0), state: 10, receiveQueue: 3,
          sendQueue: 2, user: 1000, inode: 4711))
    bytes.append(UInt16(5))
    bytes.append(UInt16(11))
    bytes.append(UInt32(1).littleEndian)
    #expect(SocketDiagnostics.entry(bytes.bytes[...])?.isV6Only == true)
    #expect(SocketDiagnostics.entry(bytes.bytes[..<60]) == nil)
  }

  @Test("/proc/net/unix tells who listens by its flags")
  func unixTable() {
    let text = """
      Num       RefCount Protocol Flags    Type St Inode Path
      0000000000000000: 00000002 00000000 00010000 0001 01 31337 /run/app/http sock
      0000000000000000: 00000003 00000000 00000000 0001 03 31338 /run/app/http sock
      0000000000000000: 00000002 00000000 00010000 0001 01 31339 @abstract
      """
    #expect(UnixDiagnostics.entries(table: text) == [UnixDiagnostics.Entry(path: "/run/app/http sock", inode: 31337)])
  }

  /// The two sources must agree on a socket of our own.
  @Test("netlink and /proc tell the same of a socket that listens")
  func sources() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(listener) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    try withUnsafeMutablePointer(to: &address) { pointer in
      try pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
        try #require(bind(listener, generic, length) == 0 && listen(listener, 7) == 0)
        getsockname(listener, generic, &length)
      }
    }
    let local = EndpointAddress.v4(127, 0, 0, 1, port: UInt16(bigEndian: address.sin_port))
    let told = try MachineSockets.listening().get().first { $0.local == local }
    let read = SocketTable.entries(try #require(SystemFile.text("/proc/net/tcp"))).first { $0.local == local }
    #expect(told?.sendQueue == 7)
    #expect(told?.inode == read?.inode)
    #expect(told?.user == read?.user)
    #expect((told?.inode ?? 0) > 0)
  }
}

extension NetlinkDump.Part {
  fileprivate var payloads: [[UInt8]] {
    switch self {
    case .more(let all), .end(let all): all.map { Array($0) }
    case .failed: []
    }
  }
}
