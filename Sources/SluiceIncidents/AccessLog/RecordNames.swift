internal import SluiceCore

/// The names that a record's numbers stand for: one immutable value for each generation of the configuration.
///
/// Names are kept as members of a JSON object, as they stand in a line (`,"route":"/v1"`): escaped once when the
/// generation is made and cut at `nameBytesMax`. All of them lie in one array, so that a line copies each with its key
/// at once and counts no references.
public final class RecordNames: Sendable {
  /// Bytes of one name in a line; a longer one is cut.
  public static let nameBytesMax = 256

  public struct Listener: Sendable {
    public var name: String
    public var scheme: String

    /// - Parameters:
    ///   - name: The address as configured.
    ///   - scheme: `http` or `https`.
    public init(name: String, scheme: String) {
      self.name = name
      self.scheme = scheme
    }
  }

  public struct Upstream: Sendable {
    public var name: String
    /// Endpoints as configured, in the order of their index.
    public var endpoints: [String]

    public init(name: String, endpoints: [String]) {
      self.name = name
      self.endpoints = endpoints
    }
  }

  /// Where a member lies in `text`.
  struct Member: Sendable {
    var whole: Range<Int>
    /// Without the key and the quotes.
    var name: Range<Int>
  }

  let text: [UInt8]
  private let members: [Member]
  /// Ranges of `members`.
  private let listeners: Range<Int>
  private let schemes: Range<Int>
  private let routes: Range<Int>
  private let upstreams: Range<Int>
  /// By upstream.
  private let endpoints: [Range<Int>]
  /// Bytes of the longest name.
  let longest: Int

  public init(listeners: [Listener] = [], routes: [String] = [], upstreams: [Upstream] = []) {
    var text: [UInt8] = []
    var members: [Member] = []
    func add(_ key: String, _ names: [String]) -> Range<Int> {
      let first = members.count
      for name in names {
        let start = text.count
        text.append(contentsOf: ",\"\(key)\":\"".utf8)
        let nameStart = text.count
        text.append(contentsOf: Self.escaped(name))
        let nameEnd = text.count
        text.append(0x22)
        members.append(Member(whole: start..<text.count, name: nameStart..<nameEnd))
      }
      return first..<members.count
    }
    self.listeners = add("listener", listeners.map(\.name))
    schemes = add("scheme", listeners.map(\.scheme))
    self.routes = add("route", routes)
    self.upstreams = add("upstream", upstreams.map(\.name))
    endpoints = upstreams.map { add("endpoint", $0.endpoints) }
    longest = members.map(\.name.count).max() ?? 0
    self.text = text
    self.members = members
  }

  private static func escaped(_ name: String) -> [UInt8] {
    let bytes = Array(name.utf8)
    return Array(capacity: jsonExpansionMax * (nameBytesMax + 1)) { output in
      output.write(json: bytes, limit: nameBytesMax)
    }
  }

  // Each is nil where the number names nothing, as `UInt16.max` does.

  func listener(_ index: UInt16) -> Member? { member(index, of: listeners) }
  func scheme(_ listener: UInt16) -> Member? { member(listener, of: schemes) }
  func route(_ index: UInt16) -> Member? { member(index, of: routes) }
  func upstream(_ index: UInt16) -> Member? { member(index, of: upstreams) }

  func endpoint(_ place: EndpointID) -> Member? {
    let upstream = Int(place.upstream)
    return upstream < endpoints.count ? member(place.endpoint, of: endpoints[upstream]) : nil
  }

  private func member(_ index: UInt16, of group: Range<Int>) -> Member? {
    Int(index) < group.count ? members[group.lowerBound + Int(index)] : nil
  }
}
