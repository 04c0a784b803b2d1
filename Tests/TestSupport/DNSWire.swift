public import SluiceCore

/// Builds DNS messages byte by byte, for servers and readers under test.
public enum DNSWire {
  public struct Record: Sendable {
    public var owner: String
    public var type: UInt16
    public var ttl: UInt32
    public var data: [UInt8]
    public var recordClass: UInt16

    public init(owner: String, type: UInt16, ttl: UInt32 = 60, data: [UInt8], recordClass: UInt16 = 1) {
      self.owner = owner
      self.type = type
      self.ttl = ttl
      self.data = data
      self.recordClass = recordClass
    }

    public static func a(_ owner: String, _ bytes: [UInt8], ttl: UInt32 = 60) -> Record {
      Record(owner: owner, type: 1, ttl: ttl, data: bytes)
    }

    public static func aaaa(_ owner: String, last: UInt8, ttl: UInt32 = 60) -> Record {
      Record(
        owner: owner, type: 28, ttl: ttl, data: [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [last])
    }

    public static func cname(_ owner: String, _ target: String, ttl: UInt32 = 60) -> Record {
      Record(owner: owner, type: 5, ttl: ttl, data: DNSWire.name(target))
    }

    public static func soa(_ owner: String, ttl: UInt32, minimum: UInt32) -> Record {
      let numbers = [1, 2, 3, 4, minimum].flatMap(DNSWire.four)
      return Record(
        owner: owner, type: 6, ttl: ttl, data: DNSWire.name("ns." + owner) + DNSWire.name("a." + owner) + numbers)
    }
  }

  public static func two(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }

  public static func four(_ value: UInt32) -> [UInt8] { two(UInt16(value >> 16)) + two(UInt16(value & 0xFFFF)) }

  public static func name(_ text: String) -> [UInt8] {
    text.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
  }

  public static func record(_ record: Record) -> [UInt8] {
    name(record.owner) + two(record.type) + two(record.recordClass) + four(record.ttl)
      + two(UInt16(record.data.count)) + record.data
  }

  /// A whole response.
  public static func response(
    id: UInt16 = 7, name asked: String, type: UInt16, rcode: UInt16 = 0, flags: UInt16 = 0x8180,
    answers: [Record] = [], authorities: [Record] = [], additionals: [[UInt8]] = []
  ) -> [UInt8] {
    let counts = two(1) + two(UInt16(answers.count)) + two(UInt16(authorities.count)) + two(UInt16(additionals.count))
    let head = two(id) + two(flags | rcode & 0xF) + counts
    let question = name(asked) + two(type) + two(1)
    return head + question + (answers + authorities).flatMap(record) + additionals.flatMap { $0 }
  }
}

extension EndpointAddress {
  /// 2001:db8::`last`.
  public static func v6(_ last: UInt8) -> EndpointAddress {
    EndpointAddress(family: .v6, high: 0x2001_0DB8_0000_0000, low: UInt64(last))
  }
}
