import Foundation
import TestSupport
import Testing

@testable import SluiceWire

@Suite struct FrameReaderTests {
  /// A frame with its content as text, so that cuts can be compared.
  private static func describe(_ frame: Frame, _ bytes: RawSpan) -> String {
    func hex(_ range: ByteRange) -> String {
      range.offsets.map { String(bytes.byte(at: $0), radix: 16) }.joined(separator: ",")
    }
    return switch frame {
    case .data(let stream, let range, let flow, let ends): "data \(stream) [\(hex(range))] \(flow) \(ends)"
    case .headers(let stream, let range, let ends, let endsBlock):
      "headers \(stream) [\(hex(range))] \(ends) \(endsBlock)"
    case .continuation(let stream, let range, let ends): "continuation \(stream) [\(hex(range))] \(ends)"
    case .settings(let range): "settings [\(hex(range))]"
    case .goAway(let last, let code, let debug): "goaway \(last) \(code.rawValue) [\(hex(debug))]"
    default: "\(frame)"
    }
  }

  /// Everything that the reader says of bytes which come in pieces; parts of one content are put together.
  private static func read(_ bytes: [UInt8], cuts: [Int] = []) -> [String] {
    var reader = FrameReader()
    var said: [String] = []
    var content: (stream: UInt32, bytes: [UInt8], flow: Int)?
    var held: [UInt8] = []
    for (start, end) in zip([0] + cuts, cuts + [bytes.count]) {
      held += bytes[start..<end]
      var offset = 0
      reading: while true {
        switch reader.next(held.span.bytes, at: &offset) {
        case .needMore: break reading
        case .failed(let fault):
          said.append("failed \(fault.rule) \(fault.code.rawValue) \(fault.streamID)")
          guard fault.streamID != 0 else { return said }
        case .frame(.data(let stream, let range, let flow, let ends)):
          var whole = content ?? (stream, [], 0)
          whole.bytes += held[range.offsets]
          whole.flow += flow
          content = whole
          if reader.isBetweenFrames {
            said.append("data \(stream) \(whole.bytes) \(whole.flow) \(ends)")
            content = nil
          }
        case .frame(let frame): said.append(Self.describe(frame, held.span.bytes))
        }
      }
      held.removeFirst(offset)
    }
    return said
  }

  /// Type, flags, stream and payload.
  private static func frame(_ type: UInt8, _ flags: UInt8, _ stream: UInt32, _ payload: [UInt8]) -> [UInt8] {
    let length = payload.count
    let numbers = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: stream >> UInt32($0)) }
    return [UInt8(length >> 16), UInt8(length >> 8 & 0xff), UInt8(length & 0xff), type, flags] + numbers + payload
  }

  private static let row: [UInt8] =
    frame(4, 0, 0, [0, 3, 0, 0, 0, 100]) + frame(4, 1, 0, []) + frame(1, 4, 1, [0x82, 0x86])
    + frame(1, 0x2c, 3, [2, 0, 0, 0, 0, 16, 0x82, 0, 0]) + frame(0, 0, 3, [1, 2, 3]) + frame(0, 9, 3, [2, 7, 8, 0, 0])
    + frame(1, 0, 5, [0x82]) + frame(9, 0, 5, [0x86]) + frame(9, 4, 5, []) + frame(0, 1, 5, [])
    + frame(6, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]) + frame(8, 0, 3, [0, 0, 1, 0]) + frame(3, 0, 3, [0, 0, 0, 8])
    + frame(2, 0, 7, [0, 0, 0, 0, 1]) + frame(0x77, 0xff, 9, [1, 2, 3])
    + frame(7, 0, 0, [0, 0, 0, 9, 0, 0, 0, 0, 0x62])

  @Test func aRowOfFrames() {
    #expect(
      Self.read(Self.row) == [
        "settings [0,3,0,0,0,64]", "settingsAcknowledged", "headers 1 [82,86] false true", "headers 3 [82] false true",
        "data 3 [1, 2, 3] 3 false", "data 3 [7, 8] 5 true", "headers 5 [82] false false", "continuation 5 [86] false",
        "continuation 5 [] true", "data 5 [] 0 true", "ping(72623859790382856)",
        "windowUpdate(streamID: 3, increment: 256)",
        "reset(streamID: 3, SluiceWire.HTTP2ErrorCode(rawValue: 8))", "priority(streamID: 7)", "ignored",
        "goaway 9 0 [62]",
      ])
  }

  @Test func aCutAtAnyByteChangesNothing() {
    let whole = Self.read(Self.row)
    for cut in 1..<Self.row.count { #expect(Self.read(Self.row, cuts: [cut]) == whole, "cut at \(cut)") }
    #expect(Self.read(Self.row, cuts: Array(1..<Self.row.count)) == whole)
  }

  @Test(arguments: [
    (frame(0, 0, 0, [1]), "failed streamID 1 0"), (frame(1, 4, 0, [0x82]), "failed streamID 1 0"),
    (frame(4, 0, 1, []), "failed streamID 1 0"),
    (frame(6, 0, 1, [UInt8](repeating: 0, count: 8)), "failed streamID 1 0"),
    (frame(7, 0, 1, [UInt8](repeating: 0, count: 8)), "failed streamID 1 0"),
    (frame(9, 4, 1, []), "failed continuationUnexpected 1 0"),
    (frame(1, 0, 1, [0x82]) + frame(0, 0, 1, []), "failed headerBlockInterrupted 1 0"),
    (frame(1, 0, 1, [0x82]) + frame(9, 4, 3, []), "failed headerBlockInterrupted 1 0"),
    (frame(5, 4, 1, [0, 0, 0, 2]), "failed pushUnwanted 1 0"), (frame(0, 8, 1, [1]), "failed paddingLength 1 0"),
    (frame(0, 8, 1, []), "failed frameTooShort 6 0"), (frame(1, 0xc, 1, [1]), "failed paddingLength 1 0"),
    (frame(1, 0xc, 1, []), "failed frameTooShort 6 0"), (frame(1, 0x24, 1, [0, 0, 0]), "failed frameTooShort 6 0"),
    (frame(3, 0, 1, [0]), "failed frameLength 6 0"), (frame(2, 0, 1, [0]), "failed frameLength 6 1"),
    (frame(4, 0, 0, [0]), "failed frameLength 6 0"),
    (frame(4, 1, 0, [0, 0, 0, 0, 0, 0]), "failed settingsAcknowledgement 6 0"),
    (frame(6, 0, 0, [0]), "failed frameLength 6 0"), (frame(7, 0, 0, [0]), "failed frameTooShort 6 0"),
    (frame(8, 0, 0, [0]), "failed frameLength 6 0"), (frame(8, 0, 0, [0, 0, 0, 0]), "failed windowIncrement 1 0"),
    (frame(8, 0, 5, [0, 0, 0, 0]), "failed windowIncrement 1 5"),
    (frame(2, 0, 5, [0, 0, 0, 5, 0]), "failed selfDependency 1 5"),
    (frame(1, 0x24, 5, [0, 0, 0, 5, 0, 0x82]), "failed selfDependency 1 0"),
    ([0, 0x40, 1, 0, 0, 0, 0, 0, 1], "failed frameTooLarge 6 0"),
  ])
  func rules(frames: [UInt8], expected: String) {
    #expect(Self.read(frames).last == expected)
  }

  @Test func settingsAreBounded() throws {
    var settings = HTTP2Settings()
    let fine = bytes(
      "000100000000" + "000200000000" + "000300000001" + "00047fffffff" + "000500ffffff" + "000800000001")
    try settings.apply(fine.span.bytes)
    #expect(settings.headerTableSize == 0 && !settings.enablePush && settings.maxConcurrentStreams == 1)
    #expect(settings.initialWindowSize == 0x7fff_ffff && settings.maxFrameSize == 0xff_ffff)
    #expect(settings.enableConnectProtocol)
    for (hex, code) in [
      ("000200000002", HTTP2ErrorCode.protocolError), ("000480000000", .flowControlError),
      ("000500003fff", .protocolError), ("000501000000", .protocolError), ("000800000000", .protocolError),
    ] {
      let payload = bytes(hex)
      #expect(throws: HTTP2Fault(.settingValue, code: code)) { try settings.apply(payload.span.bytes) }
    }
  }

  /// What is written is read as what was meant.
  @Test func whatIsWrittenIsRead() {
    var written: [UInt8] = []
    FrameWriting.appendSettings([(.maxConcurrentStreams, 100)], to: &written)
    FrameWriting.appendSettingsAcknowledgement(to: &written)
    FrameWriting.appendHeaders(
      [UInt8](repeating: 1, count: 25), endsStream: true, streamID: 7, payloadMax: 10, to: &written)
    FrameWriting.appendDataHeader(length: 2, endsStream: false, streamID: 7, to: &written)
    written += [8, 9]
    FrameWriting.appendReset(.cancel, streamID: 7, to: &written)
    FrameWriting.appendPing(72_623_859_790_382_856, isAcknowledgement: true, to: &written)
    FrameWriting.appendGoAway(lastStreamID: 7, .noError, to: &written)
    FrameWriting.appendWindowUpdate(increment: 300, streamID: 0, to: &written)
    let ones = [String](repeating: "1", count: 10).joined(separator: ",")
    #expect(
      Self.read(written) == [
        "settings [0,3,0,0,0,64]", "settingsAcknowledged", "headers 7 [\(ones)] true false",
        "continuation 7 [\(ones)] false", "continuation 7 [1,1,1,1,1] true", "data 7 [8, 9] 2 false",
        "reset(streamID: 7, SluiceWire.HTTP2ErrorCode(rawValue: 8))", "pingAcknowledged(72623859790382856)",
        "goaway 7 0 []", "windowUpdate(streamID: 0, increment: 300)",
      ])
  }

  /// Recorded bytes of clients of a conformance run: read or refused, alike however they are cut.
  @Test(.enabled(if: Corpus.folder != nil, "\(Corpus.missing)"))
  func recordedClients() throws {
    let preface = Array("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".utf8)
    var frames = 0
    for input in try Corpus.contents("h2spec-bytes") {
      let (name, recorded) = (input.name, input.bytes)
      let body = recorded.starts(with: preface) ? Array(recorded.dropFirst(preface.count)) : recorded
      let whole = Self.read(body)
      frames += whole.count
      for seed in 0..<5 {
        let step = 1 + seed * 7
        let cuts = Array(stride(from: step, to: body.count, by: step))
        #expect(Self.read(body, cuts: cuts) == whole, "\(name), cut each \(step) bytes")
      }
    }
    #expect(frames > 500)
  }
}
