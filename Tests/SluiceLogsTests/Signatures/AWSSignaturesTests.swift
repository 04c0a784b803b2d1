import SluiceCore
import SluiceDiagnosis
import Testing

@testable import SluiceLogs

@Suite("Signatures of AWS' balancers")
struct AWSSignaturesTests {
  /// The fields that differ: target, the three times, the two statuses, actions and error.
  private func line(
    _ target: String, _ times: String, _ statuses: String, actions: String = "forward", error: String = "-"
  ) -> String {
    """
    https 2026-11-26T20:00:00.186641Z app/my-loadbalancer/50dc6c495c0c9188 198.51.100.7:2817 \(target) \(times) \
    \(statuses) 34 366 "GET https://shop.example.com:443/v1/items?id=7 HTTP/1.1" "curl/8.5.0" \
    ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 \
    arn:aws:elasticloadbalancing:us-east-2:123456789012:targetgroup/my-targets/73e2d6bc24d8a067 \
    "Root=1-58337262-36d228ad5d99923122bbe354" "shop.example.com" "-" 0 2026-11-26T19:59:59.364000Z "\(actions)" "-" \
    "\(error)" "10.0.0.1:80" "502" "-" "-" TID_1234abcd5678ef90
    """
  }

  @Test(
    "are found",
    arguments: [
      ("L01", "10.0.0.1:80", "0.001 0.048 0.000", "502 502", "-"), ("L02", "10.0.0.1:80", "-1 -1 -1", "502 -", "-"),
      ("L03", "10.0.0.1:80", "0.000 -1 -1", "502 -", "-"), ("L04", "10.0.0.1:80", "0.000 0.002 -1", "502 -", "-"),
      ("L05", "10.0.0.1:80", "-1 -1 -1", "504 -", "-"), ("L06", "10.0.0.1:80", "0.000 -1 -1", "504 -", "-"),
      ("L07", "-", "-1 -1 -1", "503 -", "-"), ("L08", "10.0.0.1:80", "0.000 -1 -1", "460 -", "-"),
      ("L09", "-", "-1 -1 -1", "463 -", "-"), ("L10", "-", "-1 -1 -1", "561 -", "AuthInvalidTokenResponse"),
      ("L11", "-", "-1 -1 -1", "502 -", "LambdaEFSMountFailure"),
      ("L11-invalid", "-", "-1 -1 -1", "502 -", "LambdaInvalidResponse"),
      ("L11-throttled", "-", "-1 -1 -1", "502 -", "LambdaThrottling"),
      ("L11-connect", "-", "-1 -1 -1", "502 -", "LambdaConnectionTimeout"),
      ("L11-connection", "-", "-1 -1 -1", "502 -", "LambdaConnectionError"),
      ("L11-size", "-", "-1 -1 -1", "502 -", "LambdaResponseTooLarge"),
      ("L11-unhandled", "-", "-1 -1 -1", "502 -", "LambdaUnhandled"),
      ("L11-permission", "-", "-1 -1 -1", "502 -", "LambdaAccessDenied"), ("L12", "-", "-1 -1 -1", "000 -", "-"),
      ("L14", "-", "-1 -1 -1", "464 -", "-"), ("L15", "-", "-1 -1 -1", "408 -", "-"),
      ("L16", "-", "-1 -1 -1", "500 -", "WAFConnectionTimeout"), ("L18", "10.0.0.1:80", "-1 -1 -1", "503 -", "-"),
      ("L19", "-", "-1 -1 -1", "500 -", "-"), ("L20", "-", "-1 -1 -1", "- -", "-"),
    ])
  func balancer(signature: String, target: String, times: String, statuses: String, error: String) throws {
    let recognised = try #require(LogFormatTable.standard.recognise(line(target, times, statuses, error: error)))
    #expect(recognised.format == "aws-alb")
    #expect(!recognised.isOrdinary)
    let entry = try #require(recognised.entry)
    #expect(entry.conclusion?.signature == signature)
    #expect(entry.path == "/v1/items?id=7")
    #expect(entry.host == "shop.example.com")
    #expect(entry.upstream == "my-targets")
    #expect(entry.client == "198.51.100.7")
    #expect(entry.time == 1_795_723_200_186)
  }

  @Test("what the fields only suggest is never certain", arguments: ["L02", "L03", "L04", "L05", "L06", "L07"])
  func sureness(id: String) throws {
    let conclusion = try #require(AWSSignatures.rows.first { $0.id == id }?.conclusion)
    #expect(conclusion.sure < .certain)
  }

  @Test("a fixed response and a refused login are no failures")
  func modifiers() throws {
    let fixed = line("-", "-1 -1 -1", "503 -", actions: "waf,fixed-response")
    let entry = try #require(LogFormatTable.standard.recognise(fixed)?.entry)
    #expect(entry.conclusion == nil && entry.status == 503)
    #expect(entry.isDismissed && !entry.tellsFailure)
    #expect(!Made.report([entry]).hasFailures)
    let login = line("-", "-1 -1 -1", "401 -", error: "AuthInvalidCookie")
    #expect(try #require(LogFormatTable.standard.recognise(login)).isOrdinary)
  }

  @Test("lines of every age of the format are read", arguments: 0..<14)
  func ages(missing: Int) throws {
    let words = line("10.0.0.1:80", "0.000 -1 -1", "502 -").split(separator: " ")
    let short = words.dropLast(missing).joined(separator: " ")
    #expect(LogFormatTable.standard.entry(ofLine: short)?.conclusion?.signature == "L03")
    let longer = words.joined(separator: " ") + #" "-" "-" "a new field""#
    #expect(LogFormatTable.standard.entry(ofLine: longer)?.conclusion?.signature == "L03")
  }

  @Test(
    "of the classic balancer are found",
    arguments: [
      ("L01-classic", "10.0.0.1:80", "0.000073 0.001048 0.000057", "502 502"),
      ("L07-classic", "-", "-1 -1 -1", "503 0"), ("L05-classic", "10.0.0.1:80", "-1 -1 -1", "504 0"),
      ("L06-classic", "10.0.0.1:80", "0.00004 -1 -1", "504 0"),
      ("L03-classic", "10.0.0.1:80", "0.00004 -1 -1", "502 0"),
      ("L15-classic", "-", "-1 -1 -1", "408 0"), ("L08-classic", "10.0.0.1:80", "-1 -1 -1", "460 0"),
      ("L19-classic", "-", "-1 -1 -1", "500 0"),
    ])
  func classic(signature: String, instance: String, times: String, statuses: String) throws {
    let text = """
      2026-11-26T20:00:00.945958Z my-loadbalancer 198.51.100.7:2817 \(instance) \(times) \(statuses) 0 29 \
      "GET http://shop.example.com:80/v1/items HTTP/1.1" "curl/8.5.0" - -
      """
    let recognised = try #require(LogFormatTable.standard.recognise(text))
    #expect(recognised.format == "aws-elb")
    #expect(!recognised.isOrdinary)
    #expect(recognised.entry?.conclusion?.signature == signature)
    #expect(recognised.entry?.path == "/v1/items")
  }

  @Test("requests that went well, and connections without HTTP, are ordinary")
  func ordinary() throws {
    let well = line("10.0.0.1:80", "0.000 0.010 0.000", "200 200")
    #expect(try #require(LogFormatTable.standard.recognise(well)).isOrdinary)
    let stream = """
      2026-11-26T20:00:00.541599Z my-loadbalancer 198.51.100.7:2817 10.0.0.1:80 0.001069 0.000028 0.000041 - - 82 305 \
      "- - - " "-" - -
      """
    #expect(try #require(LogFormatTable.standard.recognise(stream)).isOrdinary)
  }

  @Test("have identifiers of their own")
  func complete() {
    let rows = (AWSSignatures.rows + AWSSignatures.classic).map(\.id)
    #expect(Set(rows).count == rows.count)
  }
}
