import Foundation
import Testing

extension Integration {
  /// The judge itself, on lines, labels and conclusions that are made up here: it must be able to say no.
  @Suite struct JudgeTests {
    private static let label =
      #"{"proxy":"nginx","marker":"MARKER","scenario":"s","transport":"http1","method":"GET","path":"/s","#
      + #""cause":CAUSE,"alternatives":["stale_keepalive"],"indistinguishable":[],"status":STATUS,"outcome":"OUTCOME"}"#

    private struct Made {
      var marker: String
      var truth: String?
      var status: Int? = 502
      var outcome = "whole"
      /// Lines of the error log.
      var lines: [String] = []
      var told: [String] = []
    }

    /// - Parameters:
    ///   - requests: `told` are the members of the object of the line at the same place; empty: none.
    private func score(_ requests: [Made]) async throws -> (LabelledLogs.Score, String) {
      let folder = try TestFolder()
      let logs = folder.file("labels/nginx/logs")
      try FileManager.default.createDirectory(atPath: logs, withIntermediateDirectories: true)
      let labels = requests.map { request in
        Self.label.replacingOccurrences(of: "MARKER", with: request.marker)
          .replacingOccurrences(of: "CAUSE", with: request.truth.map { "\"\($0)\"" } ?? "null")
          .replacingOccurrences(of: "STATUS", with: request.status.map { "\($0)" } ?? "null")
          .replacingOccurrences(of: "OUTCOME", with: request.outcome)
      }
      try (labels.joined(separator: "\n") + "\n").write(
        toFile: folder.file("labels/nginx/labels.jsonl"), atomically: true, encoding: .utf8)
      let lines = requests.flatMap(\.lines)
      try (lines.joined(separator: "\n") + "\n").write(
        toFile: logs + "/error.log", atomically: true, encoding: .utf8)
      let told = requests.flatMap(\.told).enumerated().filter { !$0.element.isEmpty }.map { index, members in
        #"{"file":"\#(logs)/error.log","line":\#(index + 1),\#(members)}"#
      }
      let program = folder.file("sluice")
      try ("#!/bin/sh\ncat <<'END'\n" + told.joined(separator: "\n") + "\nEND\n").write(
        toFile: program, atomically: true, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
      let result = try await LabelledLogs(folder: folder, program: program).judge()
      let score = try #require(result.judgement.scores.first)
      #expect(result.isGood == score.good)
      return (score, result.complaints)
    }

    private static func line(_ marker: String) -> String {
      "2026/11/26 20:00:00 [error] 7#7: *1 it failed, request: \"GET /s?label=\(marker) HTTP/1.1\""
    }

    private static func made(_ truth: String?, _ told: String, status: Int = 502) -> Made {
      Made(marker: "s-a.1", truth: truth, status: status, lines: [line("s-a.1")], told: [told])
    }

    @Test func theTrueCauseIsRight() async throws {
      let (score, complaints) = try await score([
        Self.made("connect_refused", #""cause":"connect_refused","sure":"certain""#)
      ])
      #expect(score.right == 1 && score.judged == 1 && score.good && complaints.isEmpty)
    }

    @Test func anotherCauseIsWrong() async throws {
      let (score, complaints) = try await score([
        Self.made("connect_refused", #""cause":"connect_timeout","sure":"likely""#)
      ])
      #expect(score.right == 0 && score.wrong == 1 && score.certain_wrong == 0 && !score.good)
      #expect(complaints.contains("nginx s-a.1: wrong: connect_refused") && complaints.contains("error.log:1"))
    }

    @Test func whoIsCertainMayNotBeWrong() async throws {
      let good = (1...99).map { number in
        Made(
          marker: "s-\(number).1", truth: "connect_refused", lines: [Self.line("s-\(number).1")],
          told: [#""cause":"connect_refused","sure":"certain""#])
      }
      let (score, _) = try await score(
        good + [Self.made("connect_refused", #""cause":"connect_timeout","sure":"certain""#)])
      #expect(score.certain_wrong == 1 && score.share >= 0.99 && !score.good)
    }

    @Test(arguments: [("likely", true), ("possible", true), ("certain", false)])
    func severalCausesAreRightWhereTheLineIsNotCertain(_ sure: String, _ isRight: Bool) async throws {
      let told = #""cause":"invalid_header","alternatives":["not_http"],"sure":"\#(sure)""#
      let (score, _) = try await score([Self.made("not_http", told)])
      #expect((score.right == 1) == isRight && (score.certain_wrong == 1) == !isRight)
    }

    /// An expired certificate does fail the handshake; a refused connection does not.
    @Test func theHandshakeStandsForEverythingThatFailsIt() async throws {
      let told = #""cause":"tls_handshake_failed","sure":"likely""#
      #expect(try await score([Self.made("tls_cert_expired", told)]).0.right == 1)
      #expect(try await score([Self.made("connect_refused", told)]).0.wrong == 1)
    }

    /// Every request of the lab but the second of a row has a connection of its own.
    @Test func aFreshConnectionIsNotStale() async throws {
      let told = #""cause":"stale_keepalive","sure":"likely""#
      #expect(try await score([Self.made("closed_before_response", told)]).0.wrong == 1)
    }

    @Test func whatCameAfterTheFirstFailureIsItsConsequence() async throws {
      let request = Made(
        marker: "s-a.1", truth: "not_http", lines: [Self.line("s-a.1"), Self.line("s-a.1")],
        told: [#""cause":"not_http","sure":"certain""#, #""cause":"body_idle_timeout","sure":"certain""#])
      #expect(try await score([request]).0.right == 1)
    }

    @Test func aFailureWithoutACauseIsNotTold() async throws {
      let (score, _) = try await score([Self.made("connect_refused", "")])
      #expect(score.untold == 1 && score.share == 0 && !score.good)
    }

    @Test func whatTheLogDoesNotShowIsNotCounted() async throws {
      var passed = Made(marker: "s-b.1", truth: "bad_framing", status: 200)
      let (score, _) = try await score([
        passed, Self.made("connect_refused", #""cause":"connect_refused","sure":"certain""#),
      ])
      #expect(score.unlogged == 1 && score.judged == 1 && score.good)
      passed.outcome = "left"
      #expect(try await self.score([passed]).0.unlogged == 0)
    }

    @Test func aFailureWhereAllWasWellIsWrong() async throws {
      let told = #""cause":"connect_refused","sure":"possible""#
      var well = Self.made(nil, told, status: 200)
      // What the proxy itself calls a failure is not its reader's mistake.
      #expect(try await score([well]).0.wrong == 0)
      well.lines = well.lines.map { $0.replacingOccurrences(of: "[error]", with: "[info]") }
      #expect(try await score([well]).0.wrong == 1)
      well.status = 502
      #expect(try await score([well]).0.wrong == 0)
      well.told = [""]
      #expect(try await score([well]).0.well == 1)
    }

    /// httpd tells the address in one line and the request in the next one of its thread.
    @Test func linesOfOneThreadBelongTogether() async throws {
      let request = Made(
        marker: "s-a.1", truth: "connect_refused",
        lines: [
          "[proxy:error] [pid 1:tid 2] AH00957: attempt to connect failed", "[core:error] [pid 1:tid 3] something else",
          "[proxy_http:error] [pid 1:tid 2] AH01114: failed, referer: http://labels.lab.test/s-a.1",
        ], told: [#""cause":"connect_refused","sure":"certain""#, "", #""cause":"connect_timeout","sure":"possible""#])
      #expect(try await score([request]).0.right == 1)
    }
  }
}
