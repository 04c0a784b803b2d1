import SluiceWire
import Testing

@Suite struct AppearanceTests {
  private func look(_ bytes: [UInt8]) -> Appearance { appearance(of: bytes.span.bytes) }

  @Test(arguments: [
    ("", Appearance.empty), ("HTTP/1.1 200 OK\r\n\r\n", .http), ("HTTP/1.0 400 Bad\r\n\r\nno", .http),
    ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", .http2Preface),
    (
      "HTTP/1.1 400 Bad Request\r\n\r\n<center>The plain HTTP request was sent to HTTPS port</center>",
      .plainHTTPToTLSPort
    ),
    ("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n", .plainHTTPToTLSPort),
    (
      "HTTP/1.1 400 Bad Request\r\n\r\nReason: You're speaking plain HTTP to an SSL-enabled server port.<br />",
      .plainHTTPToTLSPort
    ),
    ("HTTP/1.1 400 \r\n\r\nBad Request\r\nThis combination of host and port requires TLS.\r\n", .plainHTTPToTLSPort),
    ("HTTP/1.1 200 OK\r\n\r\nClient sent an HTTP request to an HTTPS server.", .http),
    ("SSH-2.0-OpenSSH_9.2\r\n", .ssh), ("220 mail.example.com ESMTP Postfix\r\n", .smtp), ("220-one\r\n", .smtp),
    ("502 5.5.2 Error: command not recognized\r\n", .smtp), ("220 (vsFTPd 3.0.3)\r\n", .ftp),
    ("530 Please login with USER and PASS.\r\n", .ftp),
    ("* OK [CAPABILITY IMAP4rev1] ready\r\n", .imapPop), ("+OK POP3 ready\r\n", .imapPop),
    ("-ERR unknown command 'GET'\r\n", .redis),
    ("-NOAUTH Authentication required.\r\n", .redis), ("$5\r\nhello\r\n", .redis), ("*2\r\n", .redis),
    ("EFATAL:  unsupported frontend protocol", .postgres),
    (
      "HTTP/1.0 200 OK\r\n\r\nIt looks like you are trying to access MongoDB over HTTP on the native driver port.\r\n",
      .mongodb
    ),
    ("<!DOCTYPE html>\n<html>", .htmlWithoutHead), ("\n <HTML><body>", .htmlWithoutHead),
    ("<?xml version=\"1.0\"?>", .htmlWithoutHead),
    ("{\"error\": 1}", .jsonWithoutHead), ("[{\"a\": 1}]", .jsonWithoutHead), (" [1,2]", .jsonWithoutHead),
    ("{}", .jsonWithoutHead),
    ("Traceback (most recent call last):\n  File \"app.py\", line 3", .stackTrace),
    ("java.lang.Error\n\tat a.b.C(D.java:1)", .stackTrace),
    ("Error: x\n    at Object.<anonymous> (/a.js:1:1)", .stackTrace),
    ("panic: runtime error\n\ngoroutine 1 [running]:", .stackTrace),
    ("PHP Fatal error:  Uncaught", .stackTrace), ("hello world\r\n", .text),
    ("Content-Type: text/html\r\n\r\nhi", .text), ("[INFO] started", .text),
    ("größe", .text), ("123", .text), ("404 Not Found", .text), ("$x", .text),
  ])
  func recognisesText(source: String, expected: Appearance) {
    #expect(look(Array(source.utf8)) == expected)
  }

  @Test(
    arguments: [
      ([0x15, 3, 1, 0, 2, 2, 70], Appearance.tlsAlert), ([0x16, 3, 3, 0, 1], .tlsRecord), ([0x16, 3, 3], .tlsRecord),
      ([0x16, 4, 3], .binary),
      ([0, 0, 18, 4, 0, 0, 0, 0, 0], .http2Frames), ([0, 0, 8, 7, 0, 0, 0, 0, 0], .http2Frames),
      ([0, 0, 17, 4, 0, 0, 0, 0, 0], .binary),
      ([1, 6, 0, 1, 0, 5, 3, 0, 0x61], .fastcgi), ([0x4a, 0, 0, 0, 0x0a, 0x38, 0x2e], .mysql),
      ([0x45, 0, 0, 0, 0xff, 0x6a, 4], .mysql),
      ([0x45, 0, 0, 0, 0x64, 0x53, 0x46], .postgres),
      ([0x24, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 8, 0], .mongodb),
      ([0, 0, 0], .binary), ([0x7f, 0x45, 0x4c, 0x46], .binary),
    ] as [([UInt8], Appearance)])
  func recognisesBytes(bytes: [UInt8], expected: Appearance) {
    #expect(look(bytes) == expected)
  }

  @Test func theAlertNumberIsRead() {
    #expect(tlsAlertNumber(of: ([0x15, 3, 3, 0, 2, 2, 40] as [UInt8]).span.bytes) == 40)
    #expect(tlsAlertNumber(of: ([0x15, 3, 3, 0, 2, 2] as [UInt8]).span.bytes) == nil)
    #expect(tlsAlertNumber(of: ([0x15, 3, 3, 0, 3, 2, 40] as [UInt8]).span.bytes) == nil)
    #expect(tlsAlertNumber(of: ([0x16, 3, 3, 0, 2, 2, 40] as [UInt8]).span.bytes) == nil)
  }

  @Test func anyPrefixOfAnythingHasAnAppearance() {
    for seed in UInt8.min...UInt8.max {
      let bytes = (0..<40).map { seed &+ UInt8($0) &* 7 }
      for count in 0...bytes.count { #expect(Appearance.allCases.contains(look(Array(bytes[..<count])))) }
    }
    #expect(look(Array(repeating: 0x61, count: 1 << 20)) == .text)
  }

  @Test func eachHasItsWords() {
    #expect(Set(Appearance.allCases.map(\.identifier)).count == Appearance.allCases.count)
    #expect(Set(Appearance.allCases.map(\.sentence)).count == Appearance.allCases.count)
  }
}
