import Testing

@testable import SluiceLogs

@Suite("Prefixes of lines")
struct LinePrefixTests {
  private static let table = LogFormatTable([
    LogFormat(
      id: "test", product: .haproxy, shape: .template("{client}|{status}"), time: .any,
      accepts: { _, fields in fields.range(.client)?.count == 1 }, isOrdinary: { _, _ in false },
      entry: { values in
        var entry = LogEntry(
          product: .haproxy, kind: .event, place: LinePlace(source: 0, file: 0, line: 0), time: nil, text: "")
        entry.client = values[.client]
        entry.route = values[.program]
        entry.host = values[.machine]
        entry.process = values.number(.process)
        return entry
      })
  ])
  private static let time: Int64 = 1_795_723_200_000

  @Test(
    "are taken away, and what they tell is kept",
    arguments: [
      ("Nov 26 20:00:00 gw haproxy[1234]: a|b", "haproxy", "gw", 1234, time),
      ("Nov 26 20:00:00 gw haproxy: a|b", "haproxy", "gw", nil, time),
      ("<134>Nov 26 20:00:00 gw haproxy[1]: a|b", "haproxy", "gw", 1, time),
      ("2026-11-26T20:00:00.250000+00:00 gw haproxy[9]: a|b", "haproxy", "gw", 9, time + 250),
      ("2026-11-26T21:00:00+0100 gw haproxy[9]: a|b", "haproxy", "gw", 9, time),
      ("<134>1 2026-11-26T20:00:00.250Z gw haproxy 77 - - a|b", "haproxy", "gw", 77, time + 250),
      (#"<134>1 2026-11-26T20:00:00Z gw haproxy - ID [a@1 b="c\"]"][d] a|b"#, "haproxy", "gw", nil, time),
      ("2026-11-26T20:00:00.123456789Z stdout F a|b", nil, nil, nil, time + 123),
      ("2026-11-26T20:00:00.123456789+00:00 stderr F a|b", nil, nil, nil, time + 123),
      (#"{"log":"a|b\n","stream":"stderr","time":"2026-11-26T20:00:00.5Z"}"#, nil, nil, nil, time + 500),
      (
        #"{"__REALTIME_TIMESTAMP":"1795723200250000","MESSAGE":"a|b","SYSLOG_IDENTIFIER":"haproxy","_PID":"5"}"#,
        "haproxy", nil, 5, time + 250
      ),
      ("web-1  | a|b", nil, nil, nil, nil), ("[pod/web-7/nginx] a|b", nil, nil, nil, nil), ("a|b", nil, nil, nil, nil),
    ] as [(String, String?, String?, Int?, Int64?)])
  func taken(line: String, program: String?, machine: String?, process: Int?, time: Int64?) {
    let entry = Self.table.recognise(line, reference: Self.time)?.entry
    #expect(entry?.client == "a")
    #expect(entry?.route == program)
    #expect(entry?.host == machine)
    #expect(entry?.process == process)
    #expect(entry?.time == time)
    #expect(entry?.text == line)
  }

  @Test("the product that a prefix names is told to formats")
  func writers() {
    var prefix = FieldSet()
    var form = TimeForm.any
    let names: [(String, LogProduct?)] = [
      ("haproxy[1]", .haproxy), ("nginx", .nginx), ("apache2[2]", .httpd), ("sshd[3]", nil), ("haproxy2", nil),
    ]
    for (name, product) in names {
      let bytes = Array("Nov 26 20:00:00 gw \(name): text".utf8)
      #expect(LinePrefix.end(bytes.span.bytes, &prefix, &form) == 21 + name.utf8.count)
      #expect(prefix.writer == product)
    }
  }

  @Test(
    "a prefix that differs from the one before is seen",
    arguments: [
      ("haproxy[1]", "haproxy[2]"), ("haproxy[1]", "nginx[22]"), ("haproxy[1]", "x"), ("haproxy[123]", "haproxy[124]"),
      ("haproxy[1234]", "haproxy[12345]"),
    ])
  func knownPrefix(one: String, other: String) {
    var recogniser = LineRecogniser(Self.table)
    for program in [one, one, other, one] {
      let bytes = Array("Nov 26 20:00:00 gw \(program): a|b".utf8)
      let format = recogniser.recognise(bytes.span.bytes, FormatHint())
      #expect(format != nil)
      let told = [LogField.program, .process].map { field in
        recogniser.prefix.range(field).map { String(decoding: bytes[$0], as: UTF8.self) }
      }
      let parts = program.dropLast(program.hasSuffix("]") ? 1 : 0).split(separator: "[").map(String.init)
      #expect(told == [parts[0], parts.count > 1 ? parts[1] : nil])
    }
  }
}
